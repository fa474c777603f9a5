"use strict";
(function () {
  var root = document.documentElement;
  var theme = document.getElementById("theme");
  theme.hidden = false;
  theme.addEventListener("click", function () {
    var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (one) { one.open = false; });
  });

  // A place in folded details is opened before it is shown; browsers that do so by themselves find it open.
  function reveal() {
    var target = document.getElementById(location.hash.slice(1));
    if (!target) { return null; }
    for (var one = target.closest("details"); one; one = one.parentElement.closest("details")) { one.open = true; }
    return target;
  }

  document.querySelectorAll("form.filters").forEach(function (filters) {
    var section = filters.closest("section");
    var cards = Array.from(section.querySelectorAll(".card"));
    var shown = filters.querySelector(".shown-cards");

    function chosen(name) {
      return Array.from(filters.querySelectorAll("input[name=" + name + "]:checked")).map(function (one) { return one.value; });
    }

    function some(text, values) {
      return text.split(" ").some(function (one) { return values.includes(one); });
    }

    function apply() {
      var output = filters.querySelector("select").value;
      var visible = 0;
      cards.forEach(function (card) {
        var right = some(card.dataset.directions, chosen("direction"));
        var signed = card.dataset.signoff === undefined || some(card.dataset.signoff, chosen("signoff").concat("unsaid"));
        var place = !output || card.dataset.outputs.split(" ").includes(output);
        card.hidden = !(right && signed && place);
        visible += card.hidden ? 0 : 1;
      });
      shown.textContent = visible === cards.length
        ? "All cards are shown."
        : visible + " of " + cards.length + " cards are shown; the others are hidden by the choice above.";
    }

    filters.hidden = false;
    filters.addEventListener("change", apply);
    filters.addEventListener("submit", function (event) { event.preventDefault(); });
    filters.addEventListener("click", function (event) {
      var choice = event.target.dataset.open;
      if (!choice) { return; }
      section.querySelectorAll("details").forEach(function (one) { one.open = choice === "1"; });
    });

    // A link into a card that the choice hides shows everything again, so that no link leads nowhere.
    window.addEventListener("hashchange", function () {
      var target = document.getElementById(location.hash.slice(1));
      if (!target || !target.closest(".card[hidden]") || !section.contains(target)) { return; }
      filters.reset();
      apply();
      target.scrollIntoView();
    });
  });

  window.addEventListener("hashchange", function () {
    var target = reveal();
    if (target) { target.scrollIntoView(); }
  });
  reveal();
})();
