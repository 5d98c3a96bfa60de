/* Search inside one file: the index is part of it, the texts are the document's own. */
function Kit(core, stemmer, shards) {
  var analyzer = Analyzer(core.rules, stemmer), snippets = Snippets(analyzer), texts = {};
  var engine = Engine(core, analyzer, function (name, done) { done(); });
  var box = document.querySelector(".hub-find"), input = box.querySelector("input");
  var list = box.querySelector("ol"), status = box.querySelector("[role=status]"), last = "", SHOWN = 8;
  engine.slips(Slips);
  shards.forEach(function (shard, number) { engine.shard(number, shard); });

  /* [anchor, heading, text] of an article, as the pages of the site have it. */
  function sections(id) {
    var article = document.getElementById(id), out = [];
    var heads = [].slice.call(article.querySelectorAll("h1, h2[id], h3[id], h4[id], [id] > h2:not([id])"));
    heads.forEach(function (head, at) {
      var range = document.createRange(), next = heads[at + 1];
      range.setStartAfter(head);
      if (next) range.setEndBefore(next); else range.setEnd(article, article.childNodes.length);
      out.push([head.tagName === "H1" ? "" : head.id || head.parentNode.id,
        head.tagName === "H1" ? "" : tidy(head.textContent), tidy(range.toString())]);
    });
    return out;
  }

  function tidy(text) { return text.replace(/\s+/g, " ").trim(); }

  function show(found, words) {
    var parts = [], matcher = snippets.matcher(words);
    found.forEach(function (one) {
      var id = core.urls[one.page], title = core.titles[one.page];
      if (!texts[id]) texts[id] = sections(id);
      matcher.best(texts[id], title, SHOWN).forEach(function (part) {
        part.target = part.anchor || id;
        part.title = part.heading || matcher.marked(title);
        part.rank = one.score * part.score;
        parts.push(part);
      });
    });
    parts.sort(function (a, b) { return b.rank - a.rank; });
    list.innerHTML = parts.slice(0, SHOWN).map(function (part) {
      return '<li><a href="#' + part.target + '"><b>' + part.title + "</b><span>" + part.snippet +
        "</span></a></li>";
    }).join("");
    status.hidden = parts.length || !words.length;
  }

  function ask() {
    if (input.value === last) return;
    last = input.value;
    engine.ask(last, show);
  }

  function links() { return [].slice.call(list.querySelectorAll("a")); }

  box.hidden = false;
  input.addEventListener("input", function (event) { if (!event.isComposing) ask(); });
  input.addEventListener("compositionend", ask);
  box.addEventListener("submit", function (event) {
    event.preventDefault();
    if (links()[0]) links()[0].click();
  });
  box.addEventListener("keydown", function (event) {
    var all = [input].concat(links()), at = all.indexOf(document.activeElement);
    if (event.key === "Escape") input.value = "", ask(), input.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length].focus();
  });
}
