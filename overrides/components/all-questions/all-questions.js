/* The list of all questions: what does not match is hidden, with its chapter where none is left. */
(function () {
  "use strict";
  var filter = document.querySelector(".hub-question-filter");
  if (!filter) return;

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  var questions = all(".hub-all-questions .hub-question");
  var controls = all("select", filter);
  var count = filter.querySelector("output");
  var numbers = count.getAttribute("data-numbers").split(" ");

  function fits(question) {
    return controls.every(function (control) {
      var has = question.getAttribute("data-" + control.getAttribute("data-filter")) || "";
      return !control.value || has.split(" ").indexOf(control.value) >= 0;
    });
  }

  function update() {
    var shown = 0;
    questions.forEach(function (question) {
      question.hidden = !fits(question);
      if (!question.hidden) shown += 1;
    });
    all(".hub-all-questions section").forEach(function (section) {
      section.hidden = !section.querySelector(".hub-question:not([hidden])");
    });
    count.textContent = numbers[shown];
  }

  function clear() {
    controls.forEach(function (control) { control.value = ""; });
    update();
  }

  controls.forEach(function (control) { control.addEventListener("change", update); });
  filter.querySelector("button").addEventListener("click", clear);
  filter.hidden = false;
  update();
})();
