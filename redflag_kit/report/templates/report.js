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

  var filters = document.getElementById("filters");
  if (!filters) { return; }
  filters.hidden = false;
  var cards = Array.from(document.querySelectorAll("#changes .card"));
  var shown = document.getElementById("shown");

  function apply() {
    var directions = Array.from(filters.querySelectorAll("input:checked")).map(function (one) { return one.value; });
    var output = filters.querySelector("select").value;
    var visible = 0;
    cards.forEach(function (card) {
      var right = card.dataset.directions.split(" ").some(function (one) { return directions.includes(one); });
      var place = !output || card.dataset.outputs.split(" ").includes(output);
      card.hidden = !(right && place);
      visible += card.hidden ? 0 : 1;
    });
    shown.textContent = visible === cards.length
      ? "All " + visible + " cards are shown."
      : visible + " of " + cards.length + " cards are shown; the others are hidden by the choice above.";
  }

  filters.addEventListener("change", apply);
  filters.addEventListener("submit", function (event) { event.preventDefault(); });
  filters.addEventListener("click", function (event) {
    var choice = event.target.dataset.open;
    if (!choice) { return; }
    document.querySelectorAll("#changes details").forEach(function (one) { one.open = choice === "1"; });
  });

  // A link into a card that the choice hides shows everything again, so that no link leads nowhere.
  window.addEventListener("hashchange", function () {
    var target = document.getElementById(location.hash.slice(1));
    var card = target && target.closest(".card[hidden]");
    if (!card) { return; }
    filters.reset();
    apply();
    target.scrollIntoView();
  });
})();
