/* The handbook's tools: copy with the code, filter the questions, fill in the checklist. Nothing is
   kept, sent or named; without this file every page is whole. */
(function () {
  "use strict";
  var words = document.currentScript;

  function word(name) { return words.getAttribute("data-" + name); }

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

  // Where there is no clipboard (an old phone, a page opened from a folder): a field, for a moment.
  function copy(what, done) {
    function byHand() {
      var field = document.createElement("textarea");
      field.value = what;
      field.setAttribute("readonly", "");
      field.style.position = "fixed";
      field.style.opacity = "0";
      document.body.appendChild(field);
      field.select();
      var worked = false;
      try { worked = document.execCommand("copy"); } catch (error) { worked = false; }
      document.body.removeChild(field);
      if (worked) done();
    }
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(what).then(done, byHand);
    else byHand();
  }

  function addCopy(holder, place, what) {
    var made = button(word("copy"), "hub-copy");
    made.setAttribute("aria-label", word("copy") + " " + holder.getAttribute("data-code"));
    made.addEventListener("click", function () {
      copy(what(), function () {
        made.textContent = word("copied");
        setTimeout(function () { made.textContent = word("copy"); }, 2000);
      });
    });
    place.appendChild(made);
  }

  function cited(holder, says) {
    var code = holder.getAttribute("data-code");
    var link = holder.querySelector("a[href*='#" + code.toLowerCase() + "']");
    var address = word("address").replace(/#.*/, "") + "#" + (holder.id || "case");
    if (link && link.getAttribute("href").charAt(0) !== "#") address = link.href;
    return says + " (" + code + ", " + word("by") + ", " + word("day") + ", " + address + ")";
  }

  all(".hub-question").forEach(function (question) {
    addCopy(question, question.querySelector(".hub-question__facts"), function () {
      return cited(question, text(question.querySelector(".hub-question__text")));
    });
  });
  all(".hub-case").forEach(function (box) {
    addCopy(box, box.querySelector(".hub-case__name"), function () {
      return cited(box, text(box.querySelector("strong")) + ": " + text(box.querySelector(".hub-case__text")));
    });
  });

  // The list of all questions: what does not match is hidden, with its chapter where none is left.
  all(".hub-question-filter").forEach(function (filter) {
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

    controls.forEach(function (control) { control.addEventListener("change", update); });
    filter.querySelector("button").addEventListener("click", function () {
      controls.forEach(function (control) { control.value = ""; });
      update();
    });
    filter.hidden = false;
    update();
  });

  // The checklist: marks become buttons, lines become fields; a field grows with what is written.
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
    lines.push([word("by"), word("address"), list.getAttribute("data-version")], []);
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
