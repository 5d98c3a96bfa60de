/* Finds pages. The index comes in shards (see files.py), of which a query loads those it needs:
   first where its words would stand, then their neighbours, and all of them only where a word is
   found nowhere as it is written. */
function Engine(core, analyzer, load) {
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var EXACT = 1, SAME = 1.6, STEM = 0.3, COMPLETED = 0.6, LONGER = 0.4, RELATED = 0.3, LEAST = 3, SHORTER = 0.2, ALIKE = 0.35, PAIR = 0.2, NEAR = 0.75, STEMS = 0.8, FIRST = 0.7, OF_ALIKE = 0.3;
  var TOP = 3.3, WORDS = 12, PAIRS = 32, AHEAD = 12, WAIT = 10000, PAUSE = 200;
  var values = {}, shards = [], rows = [[], [], []], titles, total = core.urls.length;
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
      terms: forms,
      forms: forms, joined: [],
      // What begins as its stem does may be a relative: recruiter, recruitment.
      starts: [bare].concat(forms.filter(function (term) {
        return !han && term.length > LEAST && term.length < bare.length;
      })).filter(function (start) {
        return isArticle ? false : han ? start.length < 2 : start.length > (isLast ? 1 : 2);
      })
    };
  }

  /* Of words a slip away, only those that are not much farther off than the nearest, each with its stem. */
  function prune(word) {
    Object.keys(word.found).forEach(function (term) {
      if (word.found[term][2] < word.best * NEAR) delete word.found[term];
    });
    if (word.best <= ALIKE) Object.keys(word.found).forEach(function (term) {
      var weight = word.found[term][2];
      analyzer.terms(term).forEach(function (form) { exact(word, form, weight * OF_ALIKE); });
    });
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

  /* Stage 0: the word itself, and longer words that begin with it. */
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

  /* Stage 1: shorter words that it begins with, and words a slip away that begin with its letter. */
  function nearby(word, needed) {
    var least = Math.max(4, Math.ceil(word.base.length * 0.6));
    if (!word.han) {
      range(word.base[0], word.base[0] + "\uffff", needed);
      range(word.folded.slice(0, least), word.folded, needed);
    }
    return function () {
      var length = word.han ? 0 : word.base.length;
      while (--length >= least && !word.best) exact(word, word.base.slice(0, length), SHORTER);
      shards.forEach(function (shard, number) { if (needed[number]) alike(word, number, 1); });
    };
  }

  /* Stage 2: words a slip away, wherever they stand. */
  function anywhere(word, needed) {
    core.starts.forEach(function (start, number) { needed[number] = 1; });
    return function () {
      shards.forEach(function (shard, number) { alike(word, number, 1); });
      if (word.best < ALIKE * FIRST) shards.forEach(function (shard, number) { alike(word, number, 2); });
    };
  }

  /* 'supplychain' for supply chain: two words there are, where one that is typed is like none. */
  function split(word) {
    var at, pair, text = word.folded;
    function known(part) {
      var made = Word(part, false);
      exact(made, made.base, EXACT);
      return made.best ? made : null;
    }
    for (at = 3; word.best < ALIKE && !word.han && at <= text.length - 3; at++) {
      pair = [known(text.slice(0, at)), known(text.slice(at))];
      if (pair[0] && pair[1]) return pair;
    }
    return [word];
  }

  /* What of a list of terms numbers can say, which rule out most of them without a look at the letters:
     how long each is, which letters it has, and how it begins. */
  function sketch(list) {
    var size = new Uint8Array(list.length), masks = new Int32Array(list.length), heads = new Int32Array(list.length);
    list.forEach(function (term, at) {
      size[at] = Math.min(255, term.length);
      masks[at] = letters(term);
      heads[at] = head(term);
    });
    return { size: size, masks: masks, heads: heads };
  }

  /* The first three letters, eight bits of each. */
  function head(text) {
    return text.charCodeAt(0) & 255 | (text.charCodeAt(1) & 255) << 8 | (text.charCodeAt(2) & 255) << 16;
  }

  /* Can one slip lie between words that begin so? */
  function akin(a, b) {
    var a1 = a & 255, a2 = a >> 8 & 255, b1 = b & 255, b2 = b >> 8 & 255;
    return a1 === b1 || a2 === b1 || a1 === b2 || (a2 === b2 && a >> 16 === b >> 16);
  }

  /* Stage 3, for a word like none: its stem may be much shorter, and the slip may stand in the ending. */
  function loosely(word, needed) {
    return function () {
      if (word.best || word.han) return;
      var own = head(word.base);
      shards.forEach(function (shard, number) {
        var known = shard.known || (shard.known = sketch(shard.terms)), at, share, limit, slips;
        for (at = 0; at < shard.terms.length; at++) {
          share = known.size[at] / word.base.length;
          limit = share < 0.6 && known.size[at] < 4 ? 0 : 1;
          if (known.size[at] < 3 || share < 0.4 || share > 1 || !akin(known.heads[at], own)) continue;
          slips = distance(shard.terms[at], word.base, limit, true);
          if (slips <= limit) add(word, number, at, PAIR * share * (slips ? 0.6 : 1));
        }
      });
    };
  }

  /* Terms of a shard that are like a word: with `most` 1 those one slip away, with 2 also those that are two
     away, and those that a longer word with a slip begins with. */
  function alike(word, number, most) {
    var shard = shards[number], length = word.base.length, known;
    if (!shard) return;
    if (word.han) return alikePairs(word, number);
    if (length < 4) return;
    known = shard.known = shard.known || sketch(shard.terms);
    word.forms.forEach(function (form) {
      var own = { mask: letters(form), head: head(form), isStem: form !== word.folded && form !== word.base };
      var least = most < 2 ? form.length - 1 : Math.min(form.length - most, Math.ceil(length * 0.6));
      var share = own.isStem ? Math.pow(form.length / word.folded.length, 2) : form === word.folded ? 1 : FIRST, at, size, limit, slips, part, term;
      // Two slips are looked for in the word without what stands before it, which many words share.
      if (form.length < 3 || (most > 1 && form === word.folded && form !== word.base)) return;
      for (at = 0; at < shard.terms.length; at++) {
        size = known.size[at];
        limit = size > 6 && form.length > 6 ? most : 1;
        if (size < least || size < 3 || size > form.length + limit || !akin(known.heads[at], own.head)) continue;
        if (!few(known.masks[at] & ~own.mask, limit)) continue;
        term = shard.terms[at];
        part = share;
        slips = limit + 1;
        if (form.length - size <= limit && few(own.mask & ~known.masks[at], limit)) {
          slips = limit < 2 ? slip(term, form) : distance(term, form, limit);
        }
        if (slips > limit && most > 1 && size > 3 && size < form.length && size >= length * 0.6) {
          slips = distance(term, form, limit, true);
          part *= Math.pow(size / form.length, 2);
        }
        if (slips > limit) continue;
        add(word, number, at, ALIKE / Math.max(1, slips) * (term[0] === form[0] ? 1 : FIRST) * part *
          (own.isStem || shard.stems[at] ? STEMS : 1));
      }
    });
  }

  /* Chinese: a wrong character leaves the other one of its pair. */
  function alikePairs(word, number) {
    shards[number].terms.forEach(function (term, at) {
      if (term[0] === word.base[0] || (term[1] && term[1] === word.base[1])) {
        add(word, number, at, PAIR);
      }
    });
  }

  /* Which letters a word has, as bits: what one slip cannot explain needs no closer look. */
  function letters(text) {
    for (var at = 0, bits = 0; at < text.length; at++) bits |= 1 << (text.charCodeAt(at) & 31);
    return bits;
  }

  function few(bits, most) {
    while (bits && most-- > 0) bits &= bits - 1;
    return !bits;
  }

  /* Is there one slip between two words, or none? 2 stands for more. */
  function slip(a, b) {
    var from = 0, enda = a.length, endb = b.length;
    while (from < enda && from < endb && a[from] === b[from]) from++;
    while (enda > from && endb > from && a[enda - 1] === b[endb - 1]) enda--, endb--;
    enda -= from, endb -= from;
    if (enda < 2 && endb < 2) return Math.max(enda, endb);
    return enda === 2 && endb === 2 && a[from] === b[from + 1] && a[from + 1] === b[from] ? 1 : 2;
  }

  /* Letters left out, put in, changed or exchanged between two words; more than `most` is `most` + 1.
     `open`: what `long` has after the end of `short` does not count. */
  function distance(short, long, most, open) {
    var two = rows[0], one = rows[1], now = rows[2], i, j, value, least, from, to, size, same = 0;
    while (same < short.length && short[same] === long[same]) same++;
    short = short.slice(same);
    long = long.slice(same);
    size = long.length;
    for (j = 0; j <= size; j++) one[j] = j;
    for (i = 1; i <= short.length; i++) {
      from = Math.max(1, i - most);
      to = Math.min(size, i + most);
      now[from - 1] = from > 1 ? most + 1 : i;
      least = now[from - 1];
      for (j = from; j <= to; j++) {
        value = one[j - 1] + (short[i - 1] === long[j - 1] ? 0 : 1);
        if (j < i + most || i === 1) value = Math.min(value, one[j] + 1);
        value = Math.min(value, now[j - 1] + 1);
        if (i > 1 && j > 1 && short[i - 1] === long[j - 2] && short[i - 2] === long[j - 1]) {
          value = Math.min(value, two[j - 2] + 1);
        }
        now[j] = value;
        if (value < least) least = value;
      }
      if (least > most) return most + 1;
      rows = [one, now, two];
      two = rows[0], one = rows[1], now = rows[2];
    }
    if (!open) return size - short.length > most ? most + 1 : one[size];
    for (least = most + 1, j = Math.max(0, short.length - most); j <= Math.min(size, short.length + most); j++) {
      least = Math.min(least, one[j]);
    }
    return least;
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
     An article begins too much. */
  function ahead(text) {
    var last = analyzer.fold(text.split(/\s/).pop()), start = analyzer.bare(last), needed = {};
    if (!start || start.length > (core.rules.pairs ? 1 : 2)) return;
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
    /* Answers with the pages found, the words of the query, and whether a shard is missing.
       A query that another one overtakes gets no answer. */
    ask: function (text, answer) {
      var mine = ++latest, words = read(text), stages = [asWritten, nearby, anywhere, loosely], lost = false;
      function open(number) {
        if (!core.rules.pairs) return words.filter(function (word) {
          var least = word.isKnown ? ALIKE : number < 2 || core.rules.affix ? COMPLETED : STEM;
          return word.folded.length > 3 && word.best < least && !analyzer.isStop(word.text);
        });
        return words.some(function (w) { return w.best > PAIR; }) ? [] : words;
      }
      function stage(number) {
        var todo = number ? open(number) : words, needed = {}, jobs;
        if (!todo.length || number === stages.length) {
          answer(score(words, text), words, lost);
          return ahead(text);
        }
        jobs = todo.map(function (word) {
          var own = {}, job = stages[number](word, own);
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
          if (number) todo.forEach(prune);
          if (number === 2) words = [].concat.apply([], words.map(split));
          if (number || !core.swaps || shards.swap || words.every(isFound)) stage(number + 1);
          else fetchAll({ swap: 1 }, exchange);
        }
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
    distance: distance
  };
}
