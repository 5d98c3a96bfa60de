/* The words of one language, as analyzer.py makes them: see there. `rules` are those of rules.yml. */
function Analyzer(rules, stemmer) {
  var word = new RegExp(rules.word, "g"), han = rules.han && new RegExp(rules.han, "g");
  var strip = new RegExp(rules.strip, "g"), affix = rules.affix && new RegExp(rules.affix);
  var rewrite = (rules.rewrite || []).map(function (pair) {
    return [new RegExp(pair[0], "g"), pair[1]];
  });
  var swaps = {}, stops = {}, known = {}, count = 0;

  function learn(pairs) {
    for (var i = 0; i + 1 < pairs.length; i += 2) swaps[pairs[i]] = pairs[i + 1];
    known = {};
  }
  learn(rules.swap || "");
  (rules.stop || "").split(" ").forEach(function (stop) { stops["$" + stop] = 1; });

  function stem(text) {
    return stemmer ? stemmer.stemWord(text) : text;
  }

  function fold(text) {
    text = text.toLowerCase().normalize(rules.form).replace(strip, "");
    for (var i = 0, out = ""; i < text.length; i++) out += swaps[text[i]] || text[i];
    rewrite.forEach(function (pair) { out = out.replace(pair[0], pair[1]); });
    return out;
  }

  function make(text) {
    var folded = fold(text), found = [fold(stem(folded)), folded], bare;
    if (rules.raw) found.push(fold(stem(text.toLowerCase().normalize("NFC"))));
    if (affix) {
      bare = folded.replace(affix, "");
      if (bare.length > 2) found.push(fold(stem(bare)), bare);
      found = found.filter(function (term) { return term.length > 1; });
      if (!found.length) found = [folded];
    }
    return found.filter(function (term, at) { return term && found.indexOf(term) === at; }).sort();
  }

  function pairs(text, add) {
    var last = 0, found, run, i;
    han.lastIndex = 0;
    while ((found = han.exec(text))) {
      if (found.index > last) add(text.slice(last, found.index).slice(0, rules.longest), last);
      run = found[0];
      if (run.length === 1) add(run, found.index);
      for (i = 0; i < run.length - 1; i++) add(run.substr(i, 2), found.index + i);
      last = found.index + run.length;
    }
    if (last < text.length) add(text.slice(last).slice(0, rules.longest), last);
  }

  return {
    learn: learn,
    fold: fold,
    bare: function (folded) { return affix ? folded.replace(affix, "") : folded; },
    isStop: function (text) { return "$" + fold(text) in stops; },
    /* The words of a text, each with its place; `limit` of them at most. */
    tokens: function (text, limit) {
      var found, out = [];
      word.lastIndex = 0;
      while ((found = word.exec(text)) && !(out.length >= limit)) {
        if (rules.pairs) {
          pairs(found[0], function (token, at) { out.push([token, found.index + at]); });
        } else if (found[0].length > 1 || /[0-9\u0660-\u0669\u0966-\u096f]/.test(found[0])) {
          out.push([found[0].slice(0, rules.longest), found.index]);
        }
      }
      return limit ? out.slice(0, limit) : out;
    },
    terms: function (text) {
      var key = "$" + text;
      if (!known[key]) {
        if (++count > 5000) known = {}, count = 0;
        known[key] = make(text);
      }
      return known[key];
    }
  };
}
