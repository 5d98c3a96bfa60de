/* The law checklist on screen: marks become buttons, lines become fields that grow with what is written.
   Nothing is kept, sent or named; without this file the list is whole. */
(function () {
  "use strict";
  var words = document.currentScript.dataset;

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  function text(element) {
    return element ? element.textContent.replace(/\s+/g, " ").trim() : "";
  }

  function button(label, name) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = label;
    return made;
  }

  function grow(field) {
    field.style.height = "auto";
    field.style.height = field.scrollHeight + 2 + "px";
  }

  function makeField(line) {
    if (!line.getAttribute("data-label")) return;
    var field = document.createElement("textarea");
    field.className = "hub-fill";
    field.rows = 1;
    field.autocomplete = "off";
    field.setAttribute("aria-label", line.getAttribute("data-label"));
    field.addEventListener("input", function () { grow(field); });
    if (line.tagName === "DD") line.textContent = "", line.className = "", line.appendChild(field);
    else line.parentNode.replaceChild(field, line);
  }

  function makeAnswer(mark, changed) {
    var made = button("", mark.className);
    while (mark.firstChild) made.appendChild(mark.firstChild);
    made.setAttribute("data-answer", mark.getAttribute("data-answer"));
    made.setAttribute("aria-pressed", "false");
    made.addEventListener("click", function () {
      var on = made.getAttribute("aria-pressed") === "true";
      all("button", made.parentNode).forEach(function (other) { other.setAttribute("aria-pressed", "false"); });
      made.setAttribute("aria-pressed", String(!on));
      changed();
    });
    mark.parentNode.replaceChild(made, mark);
  }

  function answer(row) { return row.querySelector('button[aria-pressed="true"]'); }

  function cell(value) { return '"' + value.replace(/"/g, '""').replace(/^([=+\-@])/, "'$1") + '"'; }

  function table(list) {
    var lines = all(".hub-checklist__head textarea", list).map(function (field) {
      return [field.getAttribute("aria-label"), field.value];
    });
    lines.push([words.by, words.address, list.getAttribute("data-version")], []);
    lines.push(list.getAttribute("data-head").split("|"));
    all(".hub-check", list).forEach(function (row) {
      lines.push([
        row.getAttribute("data-code"), text(row.querySelector(".hub-check__test")),
        text(row.querySelector(".hub-check__provision")), text(answer(row)),
        row.querySelector("textarea").value
      ]);
    });
    return "\ufeff" + lines.map(function (line) { return line.map(cell).join(","); }).join("\r\n") + "\r\n";
  }

  function save(list) {
    var link = document.createElement("a");
    var address = URL.createObjectURL(new Blob([table(list)], { type: "text/csv;charset=utf-8" }));
    link.href = address;
    link.download = list.getAttribute("data-file") + ".csv";
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
  }

  all(".hub-checklist").forEach(function (list) {
    var unmet = list.querySelector(".hub-checklist__unmet");

    function count() {
      unmet.textContent = all('.hub-check[data-force="duty"]', list).filter(function (row) {
        return answer(row) && answer(row).getAttribute("data-answer") !== "yes";
      }).map(function (row) { return row.getAttribute("data-code"); }).join(", ") || "–";
    }

    function empty() {
      if (!window.confirm(list.getAttribute("data-clear"))) return;
      all("textarea", list).forEach(function (field) { field.value = ""; grow(field); });
      all(".hub-check button", list).forEach(function (made) { made.setAttribute("aria-pressed", "false"); });
      count();
    }

    var does = { print: function () { window.print(); }, save: function () { save(list); }, clear: empty };
    all(".hub-check__answer", list).forEach(function (mark) { makeAnswer(mark, count); });
    all(".hub-fill", list).forEach(makeField);
    all("[data-do]", list).forEach(function (made) {
      made.addEventListener("click", does[made.getAttribute("data-do")]);
    });
    all(".hub-checklist__tools", list).forEach(function (tools) { tools.hidden = false; });
  });
})();
