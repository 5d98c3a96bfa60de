/* Buttons that copy a text of the page: they appear where the browser can copy, and send nothing. */
(function () {
  "use strict";
  function copied(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // Pages opened from a folder, and old phones.
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.style.position = "fixed";
    field.style.top = "-10rem";
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    document.body.removeChild(field);
    return { then: function (yes, no) { (done ? yes : no)(); } };
  }

  // Where copying is refused the text is marked instead, ready for the reader's own keys.
  function mark(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-hub-copy]"), function (button) {
    var source = document.getElementById(button.getAttribute("data-hub-copy"));
    var label = button.textContent;
    if (!source) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      copied(source.textContent.trim()).then(function () {
        button.textContent = button.getAttribute("data-done");
        setTimeout(function () { button.textContent = label; }, 2000);
      }, function () { mark(source); });
    });
  });
})();
