/* The lesson finder: hides what does not match, says how many are left, remembers nothing. */
(function () {
  "use strict";
  var finder = document.getElementById("hub-finder");
  if (!finder) return;

  function all(selector, root) {
    return Array.prototype.slice.call((root || finder).querySelectorAll(selector));
  }

  var controls = finder.querySelector(".hub-finder__controls");
  var count = finder.querySelector(".hub-finder__count");
  var numbers = count.getAttribute("data-numbers").split(" ");
  var filters = all("[data-filter]");

  function wanted(filter) {
    return filter.type === "checkbox" && !filter.checked ? "" : filter.value;
  }

  function matches(lesson, filter) {
    var value = wanted(filter);
    var has = lesson.getAttribute("data-" + filter.getAttribute("data-filter"));
    if (!value) return true;
    if (filter.getAttribute("data-filter") === "minutes") return Number(has) <= Number(value);
    return has.split(" ").indexOf(value) >= 0;
  }

  // Where a language was chosen, a lesson's title leads to the lesson in that language.
  function lead(lesson, language) {
    var title = lesson.querySelector(".hub-card__link");
    var own = lesson.querySelector('.hub-lesson__language[lang="' + language + '"]');
    if (!title.hubHref) title.hubHref = title.getAttribute("href");
    title.setAttribute("href", own ? own.getAttribute("href") : title.hubHref);
  }

  function update() {
    var shown = 0;
    var language = wanted(controls.querySelector('[data-filter="languages"]'));
    all(".hub-lesson").forEach(function (lesson) {
      lesson.hidden = !filters.every(function (filter) { return matches(lesson, filter); });
      shown += lesson.hidden ? 0 : 1;
      lead(lesson, language);
    });
    all(".hub-lessons").forEach(function (group) {
      group.hidden = !group.querySelector(".hub-lesson:not([hidden])");
    });
    count.querySelector("bdi").textContent = numbers[shown];
  }

  function clear() {
    filters.forEach(function (filter) {
      if (filter.type === "checkbox") filter.checked = false;
      else filter.value = "";
    });
    update();
  }

  filters.forEach(function (filter) { filter.addEventListener("change", update); });
  controls.querySelector("button").addEventListener("click", clear);
  window.addEventListener("pageshow", clear);
  controls.hidden = count.hidden = false;
  update();
})();
