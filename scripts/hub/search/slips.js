/* What a word may stand for that no page has as it is typed: a slip of the keyboard, another ending, two
   words in one. Loaded when there is such a word. `engine` holds the index and what finds words in it. */
function Slips(engine) {
  var EXACT = 1, ALIKE = engine.ALIKE, SHORTER = 0.2, PAIR = engine.PAIR, FIRST = 0.7, STEMS = 0.8, NEAR = 0.75, OF_ALIKE = 0.3;
  var rows = [[], [], []];

  /* Stage 1: shorter words that it begins with, and words a slip away that begin with its letter. */
  function nearby(word, needed) {
    var least = Math.max(4, Math.ceil(word.base.length * 0.6));
    if (!word.han) {
      engine.range(word.base[0], word.base[0] + "\uffff", needed);
      engine.range(word.folded.slice(0, least), word.folded, needed);
    }
    return function () {
      var length = word.han ? 0 : word.base.length;
      while (--length >= least && !word.best) engine.exact(word, word.base.slice(0, length), SHORTER);
      engine.shards.forEach(function (shard, number) { if (needed[number]) alike(word, number, 1); });
    };
  }

  /* Stage 2: words a slip away, wherever they stand. */
  function anywhere(word, needed) {
    engine.core.starts.forEach(function (start, number) { needed[number] = 1; });
    return function () {
      engine.shards.forEach(function (shard, number) { alike(word, number, 1); });
      if (word.best < ALIKE * FIRST) engine.shards.forEach(function (shard, number) { alike(word, number, 2); });
    };
  }

  /* 'supplychain' for supply chain: two words there are, where one that is typed is like none. */
  function split(word) {
    var at, pair, text = word.folded;
    function known(part) {
      var made = engine.Word(part, false);
      engine.exact(made, made.base, EXACT);
      return made.best ? made : null;
    }
    for (at = 3; word.best < ALIKE && !word.han && at <= text.length - 3; at++) {
      pair = [known(text.slice(0, at)), known(text.slice(at))];
      if (pair[0] && pair[1]) return pair;
    }
    return [word];
  }

  /* What of a shard's terms numbers can say, which rule out most of them without a look at the letters:
     how long each is, which letters it has, and how it begins. */
  function sketch(shard) {
    var list = shard.terms, known = shard.known;
    if (known) return known;
    known = shard.known = {
      size: new Uint8Array(list.length), masks: new Int32Array(list.length), heads: new Int32Array(list.length)
    };
    list.forEach(function (term, at) {
      known.size[at] = Math.min(255, term.length);
      known.masks[at] = letters(term);
      known.heads[at] = head(term);
    });
    return known;
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
      engine.shards.forEach(function (shard, number) {
        var known = sketch(shard), at, share, limit, slips;
        for (at = 0; at < shard.terms.length; at++) {
          share = known.size[at] / word.base.length;
          limit = share < 0.6 && known.size[at] < 4 ? 0 : 1;
          if (known.size[at] < 3 || share < 0.4 || share > 1 || !akin(known.heads[at], own)) continue;
          slips = distance(shard.terms[at], word.base, limit, true);
          if (slips <= limit) engine.add(word, number, at, PAIR * share * (slips ? 0.6 : 1));
        }
      });
    };
  }

  /* Terms of a shard that are like a word: with `most` 1 those one slip away, with 2 also those that are two
     away, and those that a longer word with a slip begins with. */
  function alike(word, number, most) {
    var shard = engine.shards[number], length = word.base.length, known;
    if (!shard) return;
    if (word.han) return alikePairs(word, number);
    if (length < 4) return;
    known = sketch(shard);
    word.terms.forEach(function (form) {
      var own = { mask: letters(form), head: head(form), isStem: form !== word.folded && form !== word.base };
      var least = most < 2 ? form.length - 1 : Math.min(form.length - most, Math.ceil(length * 0.6));
      var share = own.isStem ? Math.pow(form.length / word.folded.length, 2) : form === word.folded ? 1 : FIRST;
      var at, size, limit, slips, part, term;
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
        engine.add(word, number, at, ALIKE / Math.max(1, slips) * (term[0] === form[0] ? 1 : FIRST) * part *
          (own.isStem || shard.stems[at] ? STEMS : 1));
      }
    });
  }

  /* Chinese: a wrong character leaves the other one of its pair. */
  function alikePairs(word, number) {
    engine.shards[number].terms.forEach(function (term, at) {
      if (term[0] === word.base[0] || (term[1] && term[1] === word.base[1])) {
        engine.add(word, number, at, PAIR);
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

  /* Of words a slip away, only those that are not much farther off than the nearest, each with its stem. */
  function prune(word) {
    Object.keys(word.found).forEach(function (term) {
      if (word.found[term][2] < word.best * NEAR) delete word.found[term];
    });
    if (word.best <= ALIKE) Object.keys(word.found).forEach(function (term) {
      var weight = word.found[term][2];
      engine.analyzer.terms(term).forEach(function (form) { engine.exact(word, form, weight * OF_ALIKE); });
    });
  }

  return { stages: [nearby, anywhere, loosely], prune: prune, split: split, distance: distance };
}
