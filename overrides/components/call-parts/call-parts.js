/* The self-check of a call: counts what is not ticked, keeps and sends nothing. */
(function () {
  "use strict";
  var check = document.querySelector(".hub-eligibility");
  if (!check) return;
  var boxes = Array.prototype.slice.call(check.querySelectorAll("input"));
  var result = check.querySelector(".hub-eligibility__result");

  function update() {
    var left = boxes.filter(function (box) { return !box.checked; }).length;
    result.textContent = left
      ? check.getAttribute("data-some").replace("{n}", left)
      : check.getAttribute("data-all");
    result.hidden = false;
  }

  boxes.forEach(function (box) { box.addEventListener("change", update); });
})();
