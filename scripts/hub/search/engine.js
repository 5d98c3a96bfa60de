/* Finds pages. The index comes in shards (see files.py), of which a query loads those it needs:
   first where its words would stand, then their neighbours, and all of them only where a word is
   found nowhere as it is written (see slips.js). */
function Engine(core, analyzer, load) {
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var EXACT = 1, SAME = 1.6, STEM = 0.3, COMPLETED = 0.6, LONGER = 0.4, RELATED = 0.3, LEAST = 3, ALIKE = 0.35, PAIR = 0.2;
  var LAST = 3, TOP = 3.3, WORDS = 12, PAIRS = 32, AHEAD = 12, WAIT = 10000, PAUSE = 200;
  var values = {}, shards = [], slips, titles, total = core.urls.length;
  for (var d = 0; d < 64; d++) values[DIGITS[d]] = d;

  function decode(data) {
    var before = "", stems = [], terms = data[0].split(" ").map(function (coded, at) {
      stems[at] = values[coded[0]] > 31;
      return (before = before.slice(0, values[coded[0]] & 31) + coded.slice(1));
    });
    return { terms: terms, stems: stems, postings: data[1].split(" "), held: [] };
  }

  /* Where `text` stands or would stand in a sorted list. */
  function place(list, text) {
    var low = 0, high = list.length, middle;
    while (low < high) {
      middle = (low + high) >> 1;
      if (list[middle] < text) low = middle + 1; else high = middle;
    }
    return low;
  }

  function shardOf(text) {
    var at = place(core.starts, text);
    return core.starts[at] === text ? at : Math.max(0, at - 1);
  }

  function range(from, to, out) {
    for (var at = shardOf(from), last = shardOf(to); at <= last; at++) out[at] = 1;
  }

  /* One word of a query: what it may stand for. */
  function Word(text, isLast) {
    var folded = analyzer.fold(text), bare = analyzer.bare(folded), forms = analyzer.terms(text);
    var isArticle = !bare; // and what is to follow is not typed yet
    if (bare.length < 3) bare = folded;
    var han = core.rules.pairs && /[^\x00-\u2fff]/.test(folded);
    return {
      text: text, folded: folded, base: bare, han: han, isLast: isLast, isKnown: false, found: Object.create(null), best: 0,
      terms: forms, joined: [],
      // What begins as its stem does may be a relative: recruiter, recruitment.
      starts: [bare].concat(forms.filter(function (term) {
        return !han && term.length > LEAST && term.length < bare.length;
      })).filter(function (start) {
        return isArticle ? false : han ? start.length < 2 : start.length > (isLast ? 1 : 2);
      })
    };
  }

  function add(word, shard, at, weight) {
    var key = shards[shard].terms[at];
    if (!word.found[key] || word.found[key][2] < weight) word.found[key] = [shard, at, weight];
    if (weight > word.best) word.best = weight;
  }

  function exact(word, term, weight) {
    var shard = shardOf(term), at;
    if (!shards[shard]) return;
    at = place(shards[shard].terms, term);
    if (shards[shard].terms[at] === term) add(word, shard, at, weight);
  }

  /* The word itself, and longer words that begin with it. */
  function asWritten(word, needed) {
    word.terms.concat(word.joined).forEach(function (term) { needed[shardOf(term)] = 1; });
    word.starts.forEach(function (start) { range(start, start + "\uffff", needed); });
    return function () {
      exact(word, word.base, EXACT);
      word.isKnown = word.best > 0;
      word.terms.forEach(function (term) { exact(word, term, word.isKnown ? EXACT : STEM); });
      word.joined.forEach(function (term) { exact(word, term, EXACT); });
      word.starts.forEach(function (start) {
        var weight = start !== word.base ? RELATED : word.isLast ? COMPLETED : LONGER;
        for (var shard = shardOf(start), at; shard < core.starts.length; shard++) {
          if (!shards[shard]) continue;
          at = place(shards[shard].terms, start);
          for (; at < shards[shard].terms.length; at++) {
            if (shards[shard].terms[at].slice(0, start.length) !== start) return;
            add(word, shard, at, weight);
          }
        }
      });
    };
  }

  /* By page: what a term is worth there. */
  function each(entry, use) {
    var shard = shards[entry[0]], posting = shard.postings[entry[1]], held = shard.held[entry[1]];
    if (!held) held = shard.held[entry[1]] = decoded(posting);
    for (var at = 0; at < held.length; at += 2) use(held[at], held[at + 1]);
  }

  function decoded(posting) {
    for (var at = 0, page = -1, out = [], value, shift, digit; at < posting.length;) {
      value = shift = 0;
      do {
        digit = values[posting[at++]];
        value += (digit & 31) << shift;
        shift += 5;
      } while (digit & 32);
      page += (value >> 4) + 1;
      out.push(page, (value & 15) * TOP / 15);
    }
    return out;
  }

  function rarity(entry) {
    var held = 0;
    // A page that only has another word for it holds the term less.
    each(entry, function (page, worth) { held += Math.min(1, worth * worth); });
    return Math.log(1 + (total - held + 0.5) / (held + 0.5));
  }

  /* A form that no page has is a form of its stem, unless another word is only a slip away. */
  function settle(word) {
    var found = word.found, stems = word.terms.filter(function (term) { return found[term]; });
    if (word.isKnown || !stems.length) return;
    if (Object.keys(found).some(function (term) {
      return found[term][2] > RELATED && found[term][2] <= ALIKE && analyzer.terms(term).every(function (one) {
        return stems.indexOf(one) < 0;
      });
    })) return;
    stems.forEach(function (term) { found[term][2] = EXACT; });
  }

  /* Pages whose title says just this, or this and more: which part of it, by page. Every word counts,
     also the common ones: 'what it is' has no others. */
  function entitled(text) {
    var asked = plainly(text), out = [];
    titles = titles || core.titles.map(plainly);
    if (asked) titles.forEach(function (title, page) {
      var share = asked.length / title.length;
      if (share === 1 ? asked === title : share < 1 && asked.indexOf(" ") > 0 && (" " + title).indexOf(" " + asked) >= 0) {
        out[page] = share;
      }
    });
    return out;
  }

  function plainly(text) {
    return analyzer.tokens(text, 2 * PAIRS).map(function (token) { return analyzer.fold(token[0]); }).join(" ");
  }

  function score(words, text) {
    words.forEach(settle);
    var sums = {}, hits = {}, top = 0, pages;
    words.forEach(function (word, number) {
      var best = {}, most = Infinity;
      // A longer word that is rarer must not lead away from the word itself.
      word.terms.forEach(function (term) {
        if (word.found[term]) most = Math.min(most, rarity(word.found[term]));
      });
      Object.keys(word.found).forEach(function (term) {
        var entry = word.found[term], isSame = term === word.base || term === word.folded;
        // Who types a form of a word is best served by pages with that very form.
        var weight = (isSame ? SAME * rarity(entry) : Math.min(most, rarity(entry))) * entry[2];
        each(entry, function (page, worth) {
          if (!(best[page] > worth * weight)) best[page] = worth * weight;
        });
      });
      Object.keys(best).forEach(function (page) {
        sums[page] = (sums[page] || 0) + best[page];
        (hits[page] = hits[page] || []).push(number);
      });
    });
    pages = Object.keys(sums).map(function (page) {
      var share = hits[page].length / words.length, value = sums[page] * share;
      if (value > top) top = value;
      return { page: +page, score: value, hits: hits[page] };
    });
    entitled(text).forEach(function (share, page) {
      var found = pages.filter(function (one) { return one.page === page; })[0];
      if (!found) pages.push(found = { page: page, score: 0, hits: Object.keys(words).map(Number) });
      found.score += share * (top || 1);
    });
    return pages.filter(function (found) { return found.score > top / 25; })
      .sort(function (a, b) { return b.score - a.score || a.page - b.page; });
  }

  /* Who has typed the first letters of a word goes on to type the next: what begins so may be on its way.
     An article begins too much; in Chinese each character begins a pair. */
  function ahead(text) {
    var last = analyzer.fold(text.split(/\s/).pop()), needed = {};
    var start = core.rules.pairs ? last.slice(-1) : analyzer.bare(last);
    if (!start || start.length > 2) return;
    range(start, start + "\uffff", needed);
    if (Object.keys(needed).length <= AHEAD) fetchAll(needed, function () {});
  }

  /* Load what is needed of the shards, then go on; with `failed` true where some did not come. */
  function fetchAll(needed, go) {
    var open = 1, failed = false, over = false;
    function finish() { if (!over) over = true, clearTimeout(timer), go(failed); }
    function done() { if (!--open) finish(); }
    var timer = setTimeout(function () { failed = true; finish(); }, WAIT);
    Object.keys(needed).forEach(function (number) {
      if (shards[number] || !core.starts.length) return;
      open++;
      load(number + ".js", function () {
        if (!shards[number]) failed = true;
        done();
      });
    });
    done();
  }

  function read(text) {
    var tokens = analyzer.tokens(text, core.rules.pairs ? PAIRS : WORDS), seen = {}, said, words;
    said = tokens.map(function (token) { return token[0]; }).filter(function (token) {
      var key = "$" + analyzer.fold(token);
      return seen[key] ? false : (seen[key] = true);
    });
    words = said.filter(function (token) { return !analyzer.isStop(token); });
    words = words.length ? words : said;
    words = words.map(function (token, at) { return Word(token, at === words.length - 1); });
    // 'auto correction' may be one word on the page.
    if (!core.rules.pairs && !core.rules.affix) words.forEach(function (word, at) {
      if (at) join(words[at - 1], word);
    });
    return words;
  }

  function join(first, second) {
    var joined = analyzer.terms(first.text + second.text);
    first.joined = first.joined.concat(joined);
    second.joined = second.joined.concat(joined);
  }

  function isFound(word) { return !word.han || word.best; }

  function there(needed) {
    return Object.keys(needed).every(function (number) { return shards[number]; });
  }

  var latest = 0, pause;
  return {
    shard: function (number, data) { shards[number] = decode(data); },
    swap: function (pairs) { analyzer.learn(pairs); shards.swap = 1; },
    /* What slips.js makes: words can be found from now on that are not as they were typed. */
    slips: function (make) {
      slips = make({
        core: core, analyzer: analyzer, shards: shards, Word: Word, exact: exact, add: add, range: range,
        ALIKE: ALIKE, PAIR: PAIR
      });
      shards.slips = 1;
    },
    /* Answers with the pages found, the words of the query, and whether a shard is missing.
       A query that another one overtakes gets no answer. */
    ask: function (text, answer) {
      var mine = ++latest, words = read(text), lost = false;
      function open(number) {
        if (!core.rules.pairs) return words.filter(function (word) {
          var least = word.isKnown ? ALIKE : number < 2 ? COMPLETED : core.rules.affix ? ALIKE : STEM;
          return word.folded.length > 3 && word.best < least && !analyzer.isStop(word.text);
        });
        return words.some(function (w) { return w.best > PAIR; }) ? [] : words;
      }
      /* Stage 0 is the words as they are written, the others are those of slips.js. */
      function stage(number) {
        var todo = number ? open(number) : words, needed = {}, jobs;
        if (!todo.length || number > LAST) {
          answer(score(words, text), words, lost);
          return ahead(text);
        }
        if (number && !slips) return fetchAll({ slips: 1 }, learnt);
        jobs = todo.map(function (word) {
          var own = {}, job = (number ? slips.stages[number - 1] : asWritten)(word, own);
          Object.keys(own).forEach(function (key) { needed[key] = 1; });
          return job;
        });
        clearTimeout(pause);
        if (number < 2 || there(needed)) fetchAll(needed, done);
        else pause = setTimeout(fetchAll, PAUSE, needed, done); // the word may not be finished
        function done(failed) {
          if (mine !== latest) return;
          lost = lost || failed;
          jobs.forEach(function (job) { job(); });
          if (number) todo.forEach(slips.prune);
          if (number === 2) words = [].concat.apply([], words.map(slips.split));
          if (number || !core.swaps || shards.swap || words.every(isFound)) stage(number + 1);
          else fetchAll({ swap: 1 }, exchange);
        }
      }
      function learnt(failed) {
        if (mine !== latest) return;
        lost = lost || failed;
        stage(slips ? 1 : LAST + 1);
      }
      // Perhaps it is traditional Chinese.
      function exchange(failed) {
        if (mine !== latest) return;
        lost = lost || failed;
        if (!failed) words = read(text);
        stage(failed ? 1 : 0);
      }
      stage(0);
    },
    distance: function (short, long, most) { return slips ? slips.distance(short, long, most) : most + 1; }
  };
}
