/* The part of a page that answers a query: its best sections, their text around the words, marked. */
function Snippets(analyzer) {
  var LENGTH = 170, BEFORE = 50, SECTIONS = 4, HEADING = 3, WHOLE = 3;
  var SPACED = /[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;

  function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;");
  }

  /* Which word of the query each word of a text stands for: [place, length, number] of those that do. */
  function matches(text, words) {
    var out = [], first = {}, seen = {};
    words.forEach(function (word) {
      Object.keys(word.found).forEach(function (term) { first[term[0]] = 1; });
    });
    analyzer.tokens(text).forEach(function (token) {
      var key = "$" + token[0], folded;
      if (!(key in seen)) {
        folded = analyzer.fold(token[0]);
        seen[key] = first[folded[0]] || first[analyzer.bare(folded)[0]] ? number(token[0], words) : -1;
      }
      if (seen[key] >= 0) out.push([token[1], token[0].length, seen[key]]);
    });
    return out;
  }

  function number(text, words) {
    var terms = analyzer.terms(text), best = -1, weight = 0;
    words.forEach(function (word, at) {
      terms.forEach(function (term) {
        var found = word.found[term];
        if (found && found[2] > weight) weight = found[2], best = at;
      });
    });
    return best;
  }

  function mark(text, found) {
    var out = "", last = 0, end = 0;
    found.forEach(function (match) {
      var to = match[0] + match[1];
      if (match[0] > end || !end) {
        if (end) out += "<mark>" + escape(text.slice(last, end)) + "</mark>", last = end;
        out += escape(text.slice(last, match[0]));
        last = match[0];
      }
      end = Math.max(end, to);
    });
    if (end) out += "<mark>" + escape(text.slice(last, end)) + "</mark>", last = end;
    return out + escape(text.slice(last));
  }

  function different(found, from, to) {
    var seen = {};
    found.forEach(function (match) {
      if (match[0] >= from && match[0] + match[1] <= to) seen[match[2]] = 1;
    });
    return Object.keys(seen).length;
  }

  /* The part of a text with the most of the words in it, cut between words. */
  function around(text, found) {
    var from = 0, to, best = 0;
    found.forEach(function (match) {
      var begin = Math.max(0, match[0] - BEFORE), n = different(found, begin, begin + LENGTH);
      if (n > best) best = n, from = begin;
    });
    to = Math.min(text.length, from + LENGTH);
    while (from && from < to && inside(text, from) && !touches(found, from)) from++;
    while (to < text.length && to > from && inside(text, to) && !touches(found, to)) to--;
    while (text[from] === " ") from++;
    found = found.filter(function (match) { return match[0] >= from && match[0] + match[1] <= to; })
      .map(function (match) { return [match[0] - from, match[1], match[2]]; });
    return (from ? "… " : "") + mark(text.slice(from, to), found) + (to < text.length ? " …" : "");
  }

  /* Is there a letter on both sides?  Chinese is cut anywhere. */
  function inside(text, at) {
    return SPACED.test(text[at - 1]) && SPACED.test(text[at]);
  }

  function touches(found, at) {
    return found.some(function (match) { return match[0] === at || match[0] + match[1] === at; });
  }

  return {
    escape: escape,
    marked: function (text, words) { return mark(text, matches(text, words)); },
    /* Sections ([anchor, heading, text]) that hold words of the query, best first. */
    best: function (sections, words, titleHits) {
      return sections.map(function (section, order) {
        var head = matches(section[1], words), body = matches(section[2], words), counts = {};
        head.forEach(function (m) { counts[m[2]] = (counts[m[2]] || 0) + HEADING; });
        body.forEach(function (m) { counts[m[2]] = (counts[m[2]] || 0) + 1; });
        if (!section[0]) titleHits.forEach(function (m) { counts[m[2]] = (counts[m[2]] || 0) + HEADING; });
        // A heading that says nothing else is what was looked for.
        var keys = Object.keys(counts), value = WHOLE * head.length / (analyzer.tokens(section[1]).length || 1);
        keys.forEach(function (key) { value += 1 + Math.log(counts[key]); });
        return {
          anchor: section[0], heading: mark(section[1], head), order: order,
          score: value * keys.length / Math.sqrt(1 + section[2].length / 2000),
          text: section[2], body: body
        };
      }).filter(function (section) { return section.score > 0; })
        .sort(function (a, b) { return b.score - a.score || a.order - b.order; })
        .slice(0, SECTIONS)
        .map(function (section) {
          section.snippet = around(section.text, section.body);
          return section;
        });
    },
    matches: matches
  };
}
