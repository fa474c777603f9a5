"use strict";
(function () {
  var root = document.documentElement;
  var app = document.querySelector("mutation-test-report-app");

  // The page and the viewer in it are light or dark together.
  function match() {
    var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    app.theme = dark ? "dark" : "light";
  }

  document.getElementById("viewer-off").hidden = true;
  document.getElementById("viewer").hidden = false;
  app.report = JSON.parse(document.getElementById("viewer-data").textContent);
  match();
  new MutationObserver(match).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
})();
