/* The library's filters: hides what does not match, says how many are left, greys out what would leave
   nothing. The choice stands after "#" in the address and nowhere else. */
(function () {
  "use strict";
  var box = document.getElementById("hub-facets");
  if (!box) return;

  function all(selector) {
    return Array.prototype.slice.call(box.querySelectorAll(selector));
  }

  var controls = box.querySelector(".hub-facets__controls");
  var count = box.querySelector(".hub-facets__count");
  var numbers = count.getAttribute("data-numbers").split(" ");
  var selects = all("select");
  var items = all("li[data-hub-id]");

  function facet(select) {
    return select.getAttribute("data-hub-facet");
  }

  function has(item, name, value) {
    return !value || item.getAttribute("data-hub-" + name).split(" ").indexOf(value) >= 0;
  }

  function matches(item, except) {
    return selects.every(function (select) {
      return select === except || has(item, facet(select), select.value);
    });
  }

  function show() {
    var shown = 0;
    items.forEach(function (item) {
      item.hidden = !matches(item);
      shown += item.hidden ? 0 : 1;
    });
    count.querySelector("bdi").textContent = numbers[shown];
    selects.forEach(function (select) {
      var open = items.filter(function (item) { return matches(item, select); });
      Array.prototype.forEach.call(select.options, function (option) {
        option.disabled = !open.some(function (item) { return has(item, facet(select), option.value); });
      });
    });
  }

  // Only values that a filter offers are taken from an address, and only those are written into it.
  function read() {
    var wanted = {};
    location.hash.slice(1).split("&").forEach(function (part) {
      var pair = part.split("=");
      wanted[pair[0]] = pair[1];
    });
    selects.forEach(function (select) {
      select.value = "";
      Array.prototype.forEach.call(select.options, function (option) {
        if (option.value && option.value === wanted[facet(select)]) select.value = option.value;
      });
    });
    show();
  }

  function write() {
    var parts = selects.filter(function (select) { return select.value; }).map(function (select) {
      return facet(select) + "=" + select.value;
    });
    // replaceState: going back leads to the page before, not through every choice.
    history.replaceState(null, "", "#" + parts.join("&"));
    show();
  }

  function clear() {
    selects.forEach(function (select) { select.value = ""; });
    write();
  }

  selects.forEach(function (select) { select.addEventListener("change", write); });
  controls.querySelector("button").addEventListener("click", clear);
  window.addEventListener("hashchange", read);
  window.addEventListener("pageshow", read);
  controls.hidden = count.hidden = false;
  read();
})();
