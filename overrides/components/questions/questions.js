/* A question or a case is copied with its code and where it stands: who quotes it quotes it right. */
(function () {
  "use strict";
  var words = document.currentScript.dataset;

  function text(element) {
    return element ? element.textContent.replace(/\s+/g, " ").trim() : "";
  }

  function addCopy(holder, place, what) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "hub-copy";
    made.textContent = words.copy;
    made.setAttribute("aria-label", words.copy + " " + holder.dataset.code);
    made.addEventListener("click", function () { window.hubCopy(what(), made, words.copied); });
    place.appendChild(made);
  }

  function cited(holder, says) {
    var code = holder.dataset.code;
    var link = holder.querySelector("a[href*='#" + code.toLowerCase() + "']");
    var address = words.address.replace(/#.*/, "") + "#" + (holder.id || "case");
    if (link && link.getAttribute("href").charAt(0) !== "#") address = link.href;
    return says + " (" + code + ", " + words.by + ", " + words.day + ", " + address + ")";
  }

  document.querySelectorAll(".hub-question").forEach(function (question) {
    addCopy(question, question.querySelector(".hub-question__facts"), function () {
      return cited(question, text(question.querySelector(".hub-question__text")));
    });
  });
  document.querySelectorAll(".hub-case").forEach(function (box) {
    addCopy(box, box.querySelector(".hub-case__name"), function () {
      return cited(box, text(box.querySelector("strong")) + ": " + text(box.querySelector(".hub-case__text")));
    });
  });
})();
