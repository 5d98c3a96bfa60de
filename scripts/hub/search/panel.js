/* Below the results: types to choose from, and a way on where nothing is found or a file is lost. It is
   loaded after the first results; its texts are the page's, see components/search-panel. */
function Panel(html, names) {
  return function (box) {
    var state = box.state, panel = document.createElement("div"), result;
    panel.innerHTML = html;
    panel = panel.firstElementChild;
    panel.querySelectorAll("a[href]").forEach(function (link) {
      link.href = box.port.base + link.getAttribute("href");
      link.tabIndex = -1;
    });
    result = document.querySelector(".md-search-result");
    if (!result) return function () {};
    result.appendChild(panel);
    result.addEventListener("focusout", function (event) {
      if (!result.contains(event.relatedTarget)) box.release();
    });

    function piece(name) { return panel.querySelector(".hub-search__" + name); }

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
        input().focus();
        press();
      });
      return made;
    }

    function fill(place, buttons) {
      while (place.children.length > 1) place.removeChild(place.lastChild);
      buttons.forEach(function (made) { place.appendChild(made); });
    }

    function input() { return document.forms.search.query; }

    function types() {
      var counts = {}, there;
      state.results.forEach(function (one) {
        counts[box.type(one.page)] = (counts[box.type(one.page)] || 0) + 1;
      });
      there = box.core.types.filter(function (name) { return counts[name]; });
      piece("types").hidden = there.length < 2;
      fill(piece("types"), there.map(function (name) {
        return button(box.label(name) + " " + counts[name], state.chosen === name, function () {
          state.chosen = state.chosen === name ? "" : name;
          box.show();
        });
      }));
    }

    /* The nearest of the glossary's terms and the pages' titles. */
    function nearest() {
      var folded = box.fold(state.query).slice(0, 48), best = 0.5, found = "";
      names.concat(box.core.titles).forEach(function (name) {
        var other = box.fold(name), most = Math.max(other.length, folded.length);
        var share = most && box.distance(other, folded, most) / most;
        if (share < best) best = share, found = name;
      });
      return found;
    }

    function suggest() {
      var name = nearest();
      piece("nearest").hidden = !name;
      fill(piece("nearest"), [button(name, null, function () {
        input().value = name;
        input().dispatchEvent(new Event("keyup", { bubbles: true }));
      })]);
    }

    return function () {
      var none = !state.results.length && state.words.length;
      piece("lost").hidden = !state.lost;
      piece("nothing").hidden = !none;
      if (none) suggest();
      types();
    };
  };
}
