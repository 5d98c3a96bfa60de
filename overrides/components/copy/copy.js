/* Copies a text and says so on the button that was pressed; sends nothing. A button that names what it
   copies appears here, where there is a script; other scripts call `hubCopy`. */
(function () {
  "use strict";
  if (window.hubCopy) return; // two parts of a page may each bring this script

  /* `done` is what `button` says for a moment; `refused` is called where the browser lets nobody copy. */
  window.hubCopy = function (text, button, done, refused) {
    function said() {
      var label = button.hubLabel = button.hubLabel || button.textContent;
      button.textContent = done;
      setTimeout(function () { button.textContent = label; }, 2000);
    }

    // Pages opened from a folder, and old phones: a field, for a moment.
    function byHand() {
      var field = document.createElement("textarea"), copied = false;
      field.value = text;
      field.setAttribute("readonly", "");
      field.style.position = "fixed";
      field.style.top = "-10rem";
      document.body.appendChild(field);
      field.select();
      try { copied = document.execCommand("copy"); } catch (error) { copied = false; }
      document.body.removeChild(field);
      button.focus(); // the field took it
      if (copied) said();
      else if (refused) refused();
    }

    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(said, byHand);
    else byHand();
  };

  // Where copying is refused the text is marked instead, ready for the reader's own keys.
  function mark(element) {
    var range = document.createRange(), selection = window.getSelection();
    range.selectNodeContents(element);
    selection.removeAllRanges();
    selection.addRange(range);
  }

  document.querySelectorAll("button[data-hub-copy]").forEach(function (button) {
    var source = document.getElementById(button.dataset.hubCopy);
    if (!source) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      window.hubCopy(source.textContent.trim(), button, button.dataset.done, function () { mark(source); });
    });
  });
})();
