// The explorer's section: what is known of a case, what both editions answer, and the case in the page's address.
(function () {
  var stored = document.getElementById("explorer-data");
  if (!stored) { return; }
  var data = redflagExplorer.opened(JSON.parse(stored.textContent));
  var findings = data.findings;
  var cases = redflagExplorer.casesOf(data), showing = redflagExplorer.showing(data, cases);
  var grid = redflagExplorer.gridOf(data, showing), make = showing.make;
  var given = cases.nothing();
  var rows = [];
  var ADDRESS = "#explore=";
  var GROUPS = [
    ["changes", "Most changes turn on these"],
    ["rules", "Others that rules read"],
    ["constraints", "Read by constraints only"],
  ];

  function byId(id) { return document.getElementById(id); }

  function keep() {
    try { history.replaceState(null, "", ADDRESS + cases.written(given)); } catch (error) { /* some viewers forbid it */ }
  }

  function know(position, known) {
    given[position] = known;
    keep();
    show(0);
  }

  function chosenAtoms(box) {
    return Array.from(box.querySelectorAll("input:checked")).map(function (one) { return Number(one.value); });
  }

  function partly(position, row) {
    var one = findings[position];
    var box = make("fieldset", {}, make("legend", {}, one.label + ": one of these"));
    one.words.forEach(function (words, atom) {
      box.append(make("label", {}, [make("input", { type: "checkbox", value: atom }), " " + words]));
    });
    box.addEventListener("change", function () {
      var atoms = chosenAtoms(box);
      know(position, atoms.length ? { atoms: atoms, index: null } : null);
    });
    row.append(make("details", { class: "small" }, [make("summary", {}, "known in part"), box]));
  }

  function wordsInput(position, row, id) {
    var one = findings[position];
    var options = [make("option", { value: "" }, "not assessed")].concat(one.words.map(function (words, atom) {
      return make("option", { value: atom }, words);
    }));
    options.push(make("option", { value: "part", hidden: "" }, "known in part"));
    var input = make("select", { id: id }, options);
    input.addEventListener("change", function () {
      know(position, input.value === "" ? null : { atoms: [Number(input.value)], index: null });
    });
    row.append(input);
  }

  function numberInput(position, row, id) {
    var number = findings[position].number, range = cases.rangeOf(number);
    var input = make("input", {
      id: id, type: "text", inputmode: "decimal", autocomplete: "off", "aria-describedby": id + "-r " + id + "-e",
    });
    var error = make("p", { id: id + "-e", class: "error small", role: "alert" });
    input.addEventListener("change", function () {
      var index = cases.indexOf(number, input.value);
      var wrong = input.value.trim() !== "" && index === null;
      if (!wrong) { know(position, index === null ? null : cases.exactly(position, index)); }
      error.textContent = wrong ? "✕ Not taken: write a number from " + range + "." : "";
      input.setAttribute("aria-invalid", String(wrong));
    });
    var allowed = make("span", { id: id + "-r", class: "small muted" }, "(" + range + ")");
    row.append(input, " " + number.unit + " ", allowed, error);
  }

  function rowOf(position) {
    var one = findings[position], id = "explorer-ask-" + position;
    var row = make("div", { class: "ask" }, make("label", { for: id }, one.label));
    if (one.ask && one.ask !== one.label) { row.append(make("p", { class: "small muted" }, one.ask)); }
    if (one.number) { numberInput(position, row, id); } else { wordsInput(position, row, id); }
    if (one.words.length > 2 || (one.number && one.words.length > 1)) { partly(position, row); }
    rows[position] = row;
    return row;
  }

  function showRow(position) {
    var row = rows[position], known = given[position];
    row.classList.toggle("known", Boolean(known));
    var select = row.querySelector("select"), typed = row.querySelector("input[type=text]");
    if (select) { select.value = !known ? "" : known.atoms.length === 1 ? String(known.atoms[0]) : "part"; }
    if (typed) {
      typed.value = known && known.index !== null ? cases.numberAt(findings[position].number, known.index) : "";
      typed.setAttribute("aria-invalid", "false");
      row.querySelector(".error").textContent = "";
    }
    row.querySelectorAll("input[type=checkbox]").forEach(function (box) {
      box.checked = Boolean(known) && known.index === null && known.atoms.indexOf(Number(box.value)) >= 0;
    });
  }

  function forget(position) {
    var words = cases.phrase(position, given[position]);
    var button = make("button", { type: "button", "aria-label": "Forget: " + words }, "✕");
    button.addEventListener("click", function () {
      know(position, null);
      byId("h-explorer-case").focus();
    });
    return make("li", {}, [words + " ", button]);
  }

  function showCase() {
    var items = [];
    given.forEach(function (known, position) { if (known) { items.push(forget(position)); } });
    var list = items.length ? make("ul", { class: "case-list" }, items) : "";
    var rest = findings.length - items.length;
    var folded = items.length > 8
      ? make("details", {}, [make("summary", {}, items.length + " findings are known"), list]) : list;
    var nothing = "Nothing is known: all " + rest + " findings are not assessed.";
    var said = items.length ? rest + " findings are not assessed." : nothing;
    byId("explorer-case").replaceChildren(folded, make("p", { class: "muted" }, said));
  }

  function show(unknown) {
    var found = showing.answered(given);
    findings.forEach(function (_, position) { showRow(position); });
    showCase();
    byId("explorer-status").textContent = found.summary
      + (unknown ? " Entries of the address that mean nothing here: " + unknown + "." : "");
    byId("explorer-outcome").replaceChildren.apply(byId("explorer-outcome"), found.elements);
    vary();
  }

  // Draw the two chosen findings against each other; nothing is drawn, or computed, while they are folded away.
  function vary() {
    var row = byId("explorer-rows").value, column = byId("explorer-columns").value;
    var asked = byId("explorer-vary").open && row !== "" && column !== "";
    var elements = asked ? grid.drawn(given, Number(row), Number(column)) : [];
    byId("explorer-grid").replaceChildren.apply(byId("explorer-grid"), elements);
  }

  function buildChoices() {
    var read = byLabel(findings.map(function (_, position) { return position; }).filter(function (position) {
      return findings[position].group !== "constraints" && findings[position].words.length > 1;
    }));
    ["explorer-rows", "explorer-columns"].forEach(function (id) {
      byId(id).append(make("option", { value: "" }, "choose a finding"));
      read.forEach(function (position) {
        byId(id).append(make("option", { value: position }, findings[position].label));
      });
      byId(id).addEventListener("change", vary);
    });
    byId("explorer-vary").addEventListener("toggle", vary);
  }

  function byLabel(positions) {
    return positions.sort(function (one, other) {
      return findings[one].label.localeCompare(findings[other].label, "en");
    });
  }

  function search() {
    var wanted = byId("explorer-search").value.trim().toLowerCase(), shown = 0;
    rows.forEach(function (row, position) {
      var one = findings[position];
      var text = [one.label, one.ask, one.id].concat(one.words).join(" ").toLowerCase();
      row.hidden = text.indexOf(wanted) < 0;
      shown += row.hidden ? 0 : 1;
    });
    byId("explorer-groups").querySelectorAll(":scope > details").forEach(function (group) {
      var some = group.querySelector(".ask:not([hidden])");
      group.hidden = !some;
      if (wanted) { group.open = Boolean(some); }
    });
    byId("explorer-found").textContent = wanted ? shown + " of " + findings.length + " findings found." : "";
  }

  function build() {
    GROUPS.forEach(function (group) {
      var own = byLabel(findings.map(function (_, position) { return position; }).filter(function (position) {
        return findings[position].group === group[0];
      }));
      if (!own.length) { return; }
      var box = make("details", {}, make("summary", {}, group[1] + " (" + own.length + ")"));
      own.forEach(function (position) { box.append(rowOf(position)); });
      box.open = group[0] === "changes" && matchMedia("(min-width: 60rem)").matches;
      byId("explorer-groups").append(box);
    });
  }

  function goThere() {
    byId("explorer").scrollIntoView();
    byId("h-explorer").focus({ preventScroll: true });
  }

  // Open what the address says, if it says a case.
  function fromAddress() {
    if (location.hash.indexOf(ADDRESS) !== 0) { return; }
    var found = cases.read(location.hash.slice(ADDRESS.length));
    given = found.given;
    show(found.unknown);
    goThere();
  }

  function openExample(name) {
    var address = ADDRESS + cases.written(cases.example(name));
    if (location.hash === address) { fromAddress(); } else { location.hash = address; }
  }

  build();
  buildChoices();
  show(0);
  byId("explorer-off").hidden = true;
  byId("explorer-page").hidden = false;
  byId("explorer-search").addEventListener("input", search);
  byId("explorer-form").addEventListener("submit", function (event) { event.preventDefault(); });
  byId("explorer-clear").addEventListener("click", function () {
    given = cases.nothing();
    byId("explorer-search").value = "";
    search();
    keep();
    show(0);
  });
  document.querySelectorAll("button.explore").forEach(function (button) {
    if (!data.examples[button.dataset.example]) { return; }
    button.hidden = false;
    button.addEventListener("click", function () { openExample(button.dataset.example); });
  });
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
