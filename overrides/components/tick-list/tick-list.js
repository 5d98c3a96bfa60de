/* Boxes to tick and, below, the outline of what is in place and what is missing. Boxes have no name, and
   what was ticked is gone when the page is. */
(function () {
  "use strict";
  document.querySelectorAll("[data-hub-ticks]").forEach(function (list) {
    var words = list.dataset;
    var items = Array.prototype.slice.call(list.querySelectorAll(".hub-ticks__item"));
    items.forEach(function (item) {
      var box = document.createElement("input"), label = document.createElement("label");
      box.type = "checkbox";
      box.autocomplete = "off";
      box.id = item.id + "-box";
      label.htmlFor = box.id;
      label.className = "hub-ticks__text";
      var text = item.querySelector(".hub-ticks__text");
      while (text.firstChild) label.appendChild(text.firstChild);
      text.parentNode.replaceChild(label, text);
      item.replaceChild(box, item.querySelector(".hub-ticks__box"));
      box.addEventListener("change", show);
    });

    var outline = part("section", "hub-ticks__outline");
    outline.setAttribute("aria-label", words.hubOutline);
    outline.appendChild(part("h3", "", words.hubOutline));
    var count = outline.appendChild(part("p", ""));
    count.setAttribute("role", "status");
    var there = lists(words.hubThere), gaps = lists(words.hubGaps);
    var copy = outline.appendChild(button(words.hubCopy));
    copy.addEventListener("click", function () { window.hubCopy(asText(), copy, words.hubCopied); });
    outline.appendChild(button(words.hubClear)).addEventListener("click", function () {
      items.forEach(function (item) { boxOf(item).checked = false; });
      show();
    });
    list.parentNode.insertBefore(outline, list.nextSibling);
    show();

    function show() {
      var ticked = items.filter(function (item) { return boxOf(item).checked; });
      count.textContent = words.hubCount + " " + ticked.length + "/" + items.length;
      fill(there, ticked);
      fill(gaps, items.filter(function (item) { return !boxOf(item).checked; }));
    }

    function fill(place, chosen) {
      place.textContent = "";
      if (!chosen.length) place.appendChild(part("li", "", words.hubNone));
      chosen.forEach(function (item) { place.appendChild(part("li", "", textOf(item))); });
    }

    function lists(title) {
      outline.appendChild(part("h4", "", title));
      return outline.appendChild(part("ul", ""));
    }

    function asText() {
      var lines = ["# " + words.hubTitle];
      [[words.hubThere, there], [words.hubGaps, gaps]].forEach(function (pair) {
        lines.push("", "## " + pair[0], "");
        Array.prototype.forEach.call(pair[1].children, function (li) { lines.push("- " + li.textContent); });
      });
      return lines.join("\n") + "\n";
    }
  });

  function boxOf(item) { return item.querySelector("input"); }
  function textOf(item) { return item.querySelector("label").textContent.trim(); }
  function button(text) { var made = part("button", "hub-ticks__button", text); made.type = "button"; return made; }
  function part(name, style, text) {
    var made = document.createElement(name);
    if (style) made.className = style;
    if (text) made.textContent = text;
    return made;
  }
})();
