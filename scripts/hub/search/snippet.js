/* The part of a page that answers a query: its best sections, their text around the words, marked. */
function Snippets(analyzer) {
  var LENGTH = 170, BEFORE = 50, SECTIONS = 4, HEADING = 3, WHOLE = 3;
  var known = {}, vocabulary = [], numbers = {};
  var SPACED = /[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;

  function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;");
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

  /* Finds the words of one query in texts: [place, length, number of the word] of each. */
  function matcher(words) {
    var first = {}, seen = [];
    words.forEach(function (word) {
      Object.keys(word.found).forEach(function (term) { first[term[0]] = 1; });
    });

    function number(word) {
      var best = -1, weight = 0;
      if (!first[word.folded[0]] && !first[word.bare[0]]) return -1;
      analyzer.terms(word.text).forEach(function (term) {
        words.forEach(function (asked, at) {
          var found = asked.found[term];
          if (found && found[2] > weight) weight = found[2], best = at;
        });
      });
      return best;
    }

    function matches(tokens) {
      for (var at = 0, out = [], id; at < tokens.length; at++) {
        id = tokens[at][1];
        if (seen[id] === undefined) seen[id] = number(vocabulary[id]);
        if (seen[id] >= 0) out.push([tokens[at][0], vocabulary[id].text.length, seen[id]]);
      }
      return out;
    }

    function weigh(section, order, title) {
      var head = matches(part(section, 1)), body = matches(part(section, 2)), counts = {}, value, keys;
      function count(found, weight) {
        found.forEach(function (match) { counts[match[2]] = (counts[match[2]] || 0) + weight; });
      }
      count(head, HEADING);
      count(body, 1);
      if (!section[0]) count(title, HEADING);
      keys = Object.keys(counts);
      // A heading that says nothing else is what was looked for.
      value = WHOLE * head.length / (part(section, 1).length || 1);
      keys.forEach(function (key) { value += 1 + Math.log(counts[key]); });
      return {
        anchor: section[0], order: order, head: head, body: body, section: section,
        score: value * keys.length / Math.sqrt(1 + section[2].length / 2000)
      };
    }

    return {
      marked: function (text) { return mark(text, matches(named(text))); },
      /* Sections ([anchor, heading, text]) that hold words of the query, best first. */
      best: function (sections, title, most) {
        var said = matches(named(title));
        return sections.map(function (section, order) { return weigh(section, order, said); })
          .filter(function (found) { return found.score > 0; })
          .sort(function (a, b) { return b.score - a.score || a.order - b.order; })
          .slice(0, most || SECTIONS)
          .map(function (found) {
            found.heading = mark(found.section[1], found.head);
            found.snippet = around(found.section[2], found.body);
            return found;
          });
      }
    };
  }

  /* The words of a section's heading (1) or text (2), and of a title: kept, since every key asks for them. */
  function part(section, at) { return section[at + 2] = section[at + 2] || read(section[at]); }
  function named(title) { return known["$" + title] = known["$" + title] || read(title); }

  /* The words of a text: the place of each, and its number in the vocabulary of all texts. */
  function read(text) {
    return analyzer.tokens(text).map(function (token) {
      var key = "$" + token[0], folded;
      if (!(key in numbers)) {
        folded = analyzer.fold(token[0]);
        numbers[key] = vocabulary.push({ text: token[0], folded: folded, bare: analyzer.bare(folded) }) - 1;
      }
      return [token[1], numbers[key]];
    });
  }

  return { matcher: matcher };
}
