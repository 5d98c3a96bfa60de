/* Questions that answer. Each option is a button, so that Tab and Enter are all a keyboard needs; what was
   right is counted in this page alone and forgotten when it is closed. */
(function () {
  "use strict";
  document.querySelectorAll("[data-hub-quiz]").forEach(function (quiz) {
    var words = quiz.dataset, first = {}, questions = quiz.querySelectorAll(".hub-quiz__question");
    quiz.classList.add("hub-quiz--live");
    questions.forEach(function (question) {
      var kind = question.dataset.hubKind;
      var said = element("div", "hub-quiz__replies");
      said.setAttribute("role", "status");
      var feedback = question.querySelectorAll(".hub-quiz__feedback");
      var options = Array.prototype.slice.call(question.querySelectorAll(".hub-quiz__option"));
      question.querySelector(".hub-quiz__key").hidden = true;
      if (kind === "order") ordering(); else choosing();
      question.appendChild(said);

      function choosing() {
        options.forEach(function (option) {
          var button = element("button", "hub-quiz__answer");
          button.type = "button";
          button.setAttribute("aria-pressed", "false");
          button.appendChild(option.firstElementChild);
          option.appendChild(button);
          button.addEventListener("click", function () {
            var on = button.getAttribute("aria-pressed") !== "true" || kind === "single";
            if (kind === "single") options.forEach(function (o) { o.firstElementChild.setAttribute("aria-pressed", "false"); });
            button.setAttribute("aria-pressed", String(on));
            if (kind === "single") answer([option], "hubCorrect" in option.dataset);
          });
        });
        if (kind !== "multiple") return;
        check(function () {
          var chosen = options.filter(function (o) { return o.firstElementChild.getAttribute("aria-pressed") === "true"; });
          if (!chosen.length) return;
          answer(chosen, options.every(function (o) { return ("hubCorrect" in o.dataset) === (chosen.indexOf(o) >= 0); }));
        });
      }

      function ordering() {
        options.forEach(function (option) {
          [["hubEarlier", -1], ["hubLater", 1]].forEach(function (move) {
            var button = element("button", "hub-quiz__button", words[move[0]]);
            button.type = "button";
            button.setAttribute("aria-label", words[move[0]] + ": " + option.firstElementChild.textContent);
            button.addEventListener("click", function () {
              var other = move[1] < 0 ? option.previousElementSibling : option.nextElementSibling;
              if (!other) return;
              option.parentNode.insertBefore(option, move[1] < 0 ? other : other.nextElementSibling);
              button.focus();
            });
            option.appendChild(button);
          });
        });
        check(function () {
          var now = Array.prototype.slice.call(question.querySelectorAll(".hub-quiz__option"));
          answer(now, now.every(function (o, place) { return Number(o.dataset.hubPlace) === place; }));
        });
      }

      function check(run) {
        var button = element("button", "hub-quiz__button", words.hubCheck);
        button.type = "button";
        button.addEventListener("click", run);
        question.appendChild(button);
      }

      function answer(chosen, right) {
        if (!(question.id in first)) first[question.id] = right;
        said.textContent = "";
        said.appendChild(element("p", "hub-quiz__said" + (right ? " hub-quiz__said--right" : ""), right ? words.hubRight : words.hubWrong + " " + words.hubAgain + "."));
        if (kind === "order" && !right) return score();
        chosen.forEach(function (option) {
          var good = kind === "order" || "hubCorrect" in option.dataset;
          var text = element("p", "hub-quiz__said" + (good ? " hub-quiz__said--right" : ""));
          text.appendChild(element("strong", "", option.querySelector(".hub-quiz__label").textContent + " – "));
          text.appendChild(feedback[Number(option.dataset.hubPlace)].cloneNode(true));
          said.appendChild(text);
        });
        score();
      }
    });

    function score() {
      var answered = Object.keys(first);
      if (answered.length < questions.length) return;
      var right = answered.filter(function (id) { return first[id]; }).length;
      quiz.querySelector(".hub-quiz__score").textContent = words.hubScore + " " + right + "/" + questions.length;
    }
  });

  function element(name, style, text) {
    var made = document.createElement(name);
    if (style) made.className = style;
    if (text) made.textContent = text;
    return made;
  }
})();
