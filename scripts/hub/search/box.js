/* Stands behind the theme's search box and answers its questions as the theme's own worker would. */
function Box() {
  var core, analyzer, engine, snippets, port, panel, texts = {}, waiting = {}, timer;
  var state = { query: "", chosen: "", results: [], words: [], lost: false }, held, matcher;
  var SHOWN = 60, DETAILS = 6, PAUSE = 120;

  function load(name, done) {
    if (waiting[name]) return waiting[name].push(done);
    var script = document.createElement("script");
    waiting[name] = [done];
    script.src = port.base + core.folder + name;
    script.onload = script.onerror = function () {
      var open = waiting[name];
      delete waiting[name];
      script.remove();
      open.forEach(function (go) { go(); });
    };
    document.head.appendChild(script);
  }

  function start(data, stemmer) {
    core = data;
    analyzer = Analyzer(core.rules, stemmer);
    engine = Engine(core, analyzer, load);
  }

  function type(page) { return core.types[core.kinds[page]]; }
  function address(page) { return core.prefix + core.urls[page] + ".html"; }
  function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;");
  }

  function label(name) { return core.labels[name] || name; }

  function ask(text) {
    state.query = text;
    clearTimeout(timer);
    engine.ask(text, function (found, read, lost) {
      state.results = found;
      state.words = read;
      state.lost = lost;
      matcher = snippets && snippets.matcher(read);
      if (!found.some(function (one) { return type(one.page) === state.chosen; })) state.chosen = "";
      show();
    });
  }

  function show() {
    var shown = state.results.filter(function (one) {
      return !state.chosen || type(one.page) === state.chosen;
    }).slice(0, SHOWN);
    answer(shown);
    if (panel) panel();
    clearTimeout(timer);
    timer = setTimeout(function () { detail(shown); }, PAUSE);
  }

  /* The texts of the first pages, the best one's first, then the panel; each is shown as it comes. */
  function detail(shown) {
    var asked = state.query, names = shown.slice(0, DETAILS).filter(function (one) {
      return !texts[one.page];
    }).map(function (one) { return "p" + one.page + ".js"; });
    function get(list, after) {
      var open = list.length;
      if (!open) return after();
      list.forEach(function (name) {
        load(name, function () {
          if (--open || asked !== state.query) return;
          answer(shown);
          after();
        });
      });
    }
    get(names.slice(0, 1).concat(snippets ? [] : "snippet.js"), function () {
      get(names.slice(1), function () {
        if (!panel) load("panel.js", function () {});
      });
    });
  }

  function answer(shown) {
    var message = { type: 3, data: { items: shown.map(group) } };
    var list = document.querySelector(".md-search-result");
    // Who has gone on to the results must not have them exchanged below their hands.
    held = list && list.contains(document.activeElement) ? message : null;
    if (!held) port.send(message);
  }

  /* A page and its best sections, as the theme wants them: see its renderSearchResultItem. A pair of Chinese
     characters is not lacking where both are found in the pairs beside it. */
  function group(one, rank) {
    var title = core.titles[one.page], lacking = {}, score = one.score, best, page;
    function has(at) { return one.hits.indexOf(at) >= 0; }
    state.words.forEach(function (word, at) {
      if (!has(at) && !(word.han && has(at - 1) && has(at + 1))) lacking[word.text] = false;
    });
    page = {
      location: address(one.page), title: matcher ? matcher.marked(title) : escape(title), text: "",
      score: score, terms: lacking, tags: [escape(label(type(one.page)))]
    };
    if (!texts[one.page] || !matcher || rank >= DETAILS) return [page];
    best = matcher.best(texts[one.page], title);
    if (!best.length || !best[0].anchor) {
      page.text = best.length ? "<p>" + best.shift().snippet + "</p>" : "";
      return [page].concat(best.map(function (section) { return part(one, section, score / 2); }));
    }
    // The best section leads, and the theme's Enter key takes what scores highest.
    page.score = score * 0.99;
    page.terms = {};
    return [part(one, best.shift(), score, lacking), page].concat(best.filter(function (section) {
      return section.anchor;
    }).map(function (section) { return part(one, section, score / 2); }));
  }

  function part(one, section, score, lacking) {
    return {
      location: address(one.page) + (section.anchor ? "#" + section.anchor : ""),
      title: section.heading || matcher.marked(core.titles[one.page]),
      text: "<p>" + section.snippet + "</p>", score: score, terms: lacking || {}
    };
  }

  return {
    start: start,
    shard: function (number, data) { engine.shard(number, data); },
    /* Texts can be cut and marked from now on. */
    cut: function (make) {
      snippets = make(analyzer);
      matcher = snippets.matcher(state.words);
    },
    swap: function (pairs) { engine.swap(pairs); },
    slips: function (make) { engine.slips(make); },
    page: function (number, data) { texts[number] = data; },
    /* The panel below the results brings itself, with what it needs of the box. */
    panel: function (make) {
      panel = make({
        state: state, core: core, port: port, load: load, show: show, type: type, label: label,
        fold: analyzer.fold, distance: engine.distance,
        release: function () { if (held) port.send(held), held = null; }
      });
      panel();
    },
    ask: function (text, through) {
      port = through;
      if (text.trim()) return ask(text);
      state.query = "";
      state.results = state.words = [];
      clearTimeout(timer);
      engine.ask("", function () {});
      port.send({ type: 3, data: { items: [] } });
      if (panel) panel();
    },
    /* For the tests and `bench`, and for whoever wants to know why a page is found. */
    analyze: function (text) {
      return analyzer.tokens(text).map(function (token) { return analyzer.terms(token[0]); });
    },
    find: function (text, through, done) {
      port = through;
      engine.ask(text, function (found) {
        done(found.map(function (one) { return { url: address(one.page), score: one.score }; }));
      });
    }
  };
}
