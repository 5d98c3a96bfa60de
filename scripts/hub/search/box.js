/* Stands behind the theme's search box: answers its questions as the theme's own worker would, and
   adds what the theme has no place for: types to choose from, and a way on where nothing is found. */
function Box() {
  var core, analyzer, engine, snippets, port, panel, names, texts = {}, waiting = {}, timer;
  var query = "", chosen = "", results = [], words = [], held;
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
    snippets = Snippets(analyzer);
  }

  function type(page) { return core.types[core.kinds[page]]; }
  function address(page) { return core.prefix + core.urls[page] + ".html"; }

  function ask(text) {
    query = text;
    clearTimeout(timer);
    engine.ask(text, function (found, read, lost) {
      results = found;
      words = read;
      if (chosen && !found.some(function (one) { return type(one.page) === chosen; })) chosen = "";
      show(lost);
    });
  }

  function show(lost) {
    var shown = results.filter(function (one) { return !chosen || type(one.page) === chosen; });
    shown = shown.slice(0, SHOWN);
    answer(shown);
    furnish(lost);
    clearTimeout(timer);
    timer = setTimeout(function () { detail(shown); }, PAUSE);
  }

  /* The texts of the first pages, the best one's first; each time one has come, it is shown. */
  function detail(shown) {
    var missing = shown.slice(0, DETAILS).filter(function (one) { return !texts[one.page]; });
    var asked = query;
    function next(list, after) {
      var open = list.length;
      list.forEach(function (one) {
        load("p" + one.page + ".js", function () {
          if (--open || asked !== query) return;
          answer(shown);
          if (after) after();
        });
      });
    }
    if (!missing.length) return;
    next(missing.slice(0, 1), function () { next(missing.slice(1)); });
  }

  function answer(shown) {
    var message = { type: 3, data: { items: shown.map(group) } };
    var list = document.querySelector(".md-search-result");
    // Who has gone on to the results must not have them exchanged below their hands.
    held = list && list.contains(document.activeElement) ? message : null;
    if (!held) port.send(message);
  }

  function group(one) {
    var title = core.titles[one.page], lacking = {}, score = one.score, best, page;
    words.forEach(function (word, at) { if (one.hits.indexOf(at) < 0) lacking[word.text] = false; });
    page = {
      location: address(one.page), title: snippets.marked(title, words), text: "", score: score,
      terms: lacking, tags: [snippets.escape(core.labels[type(one.page)] || type(one.page))]
    };
    if (!texts[one.page]) return [page];
    best = snippets.best(texts[one.page], words, snippets.matches(title, words));
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
      title: section.heading || snippets.marked(core.titles[one.page], words),
      text: "<p>" + section.snippet + "</p>", score: score, terms: lacking || {}
    };
  }

  /* The panel after the results; its texts are the page's, see components/search-panel. */
  function furnish(lost) {
    var result = document.querySelector(".md-search-result");
    if (!result) return;
    if (!panel) {
      panel = document.createElement("div");
      panel.innerHTML = core.panel;
      panel = panel.firstElementChild;
      panel.querySelectorAll("a[href]").forEach(function (link) {
        link.href = port.base + link.getAttribute("href");
        link.tabIndex = -1;
      });
      result.addEventListener("focusout", function (event) {
        if (held && !result.contains(event.relatedTarget)) port.send(held), held = null;
      });
    }
    if (!result.contains(panel)) result.appendChild(panel);
    piece(".hub-search__lost").hidden = !lost;
    piece(".hub-search__nothing").hidden = results.length || !words.length;
    if (!results.length && words.length) suggest();
    types();
  }

  function piece(selector) { return panel.querySelector(selector); }

  function button(text, pressed, press) {
    var made = document.createElement("a"), inner = document.createElement("span");
    made.href = "#";
    made.tabIndex = -1;
    made.setAttribute("role", "button");
    if (pressed !== null) made.setAttribute("aria-pressed", pressed);
    inner.textContent = text;
    inner.setAttribute("data-md-score", "-1");
    made.appendChild(inner);
    made.addEventListener("click", function (event) {
      event.preventDefault();
      event.stopPropagation();
      press();
    });
    return made;
  }

  function types() {
    var counts = {}, list = piece(".hub-search__types"), there;
    results.forEach(function (one) { counts[type(one.page)] = (counts[type(one.page)] || 0) + 1; });
    there = core.types.filter(function (name) { return counts[name]; });
    list.hidden = there.length < 2;
    while (list.children.length > 1) list.removeChild(list.lastChild);
    there.forEach(function (name) {
      var text = (core.labels[name] || name) + " " + counts[name];
      list.appendChild(button(text, chosen === name, function () {
        chosen = chosen === name ? "" : name;
        input().focus();
        show(false);
      }));
    });
  }

  function input() { return document.forms.search.query; }

  /* The nearest of the glossary's terms and the pages' titles. */
  function suggest() {
    var place = piece(".hub-search__nearest"), asked = query;
    place.hidden = true;
    function go() {
      var name = query === asked && engine.nearest(query, (names || []).concat(core.titles));
      if (!name) return;
      while (place.children.length > 1) place.removeChild(place.lastChild);
      place.appendChild(button(name, null, function () {
        input().value = name;
        input().focus();
        input().dispatchEvent(new Event("keyup", { bubbles: true }));
      }));
      place.hidden = false;
    }
    if (names) go(); else load("names.js", go);
  }

  return {
    start: start,
    shard: function (number, data) { engine.shard(number, data); },
    page: function (number, data) { texts[number] = data; },
    names: function (data) { names = data; },
    ask: function (text, through) {
      port = through;
      if (text.trim()) return ask(text);
      query = "";
      results = words = [];
      clearTimeout(timer);
      engine.ask("", function () {});
      port.send({ type: 3, data: { items: [] } });
      if (panel) furnish(false);
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
