// Two findings varied, the rest of a case kept: how both editions compare in each cell.
redflagExplorer.gridOf = function (data, showing) {
  var MOST = 150;
  var make = showing.make;

  function varied(given, row, rowAtom, column, columnAtom) {
    var copy = given.slice();
    copy[row] = { atoms: [rowAtom], index: null };
    copy[column] = { atoms: [columnAtom], index: null };
    return copy;
  }

  // What a cell says: sign, words, and whether something differs there.
  function said(given) {
    var found = showing.found(given);
    if (!found.old && !found.new) { return ["–", "impossible", false]; }
    if (!found.old || !found.new) { return ["⊘", "possible in one edition only", true]; }
    var differing = showing.marked(found).filter(function (one) { return one.mark[2] === 0; });
    if (!differing.length) { return ["=", "same", false]; }
    return ["Δ", differing.length === 1 ? differing[0].label : differing.length + " outputs", true];
  }

  // The grid as elements: a sentence and a table.
  function drawn(given, row, column) {
    var rows = data.findings[row], columns = data.findings[column];
    if (row === column) { return [make("p", { role: "status" }, "Choose two different findings.")]; }
    if (rows.words.length * columns.words.length > MOST) {
      return [make("p", { role: "status" }, "These two have more than " + MOST + " cells; choose others.")];
    }
    var differ = 0, total = 0;
    var body = rows.words.map(function (words, rowAtom) {
      var cells = columns.words.map(function (_, columnAtom) {
        var one = said(varied(given, row, rowAtom, column, columnAtom));
        total += 1;
        differ += one[2] ? 1 : 0;
        var sign = make("span", { "aria-hidden": "true" }, one[0]);
        return make("td", one[2] ? { class: "differs" } : {}, [sign, " " + one[1]]);
      });
      return make("tr", {}, [make("th", { scope: "row" }, words)].concat(cells));
    });
    var head = columns.words.map(function (words) { return make("th", { scope: "col" }, words); });
    var table = make("table", { class: "answers" }, [
      make("caption", { id: "explorer-grid-caption" }, "Where the editions differ, the rest of the case kept"),
      make("thead", {}, make("tr", {}, [make("td", {}, "")].concat(head))), make("tbody", {}, body),
    ]);
    return [
      make("p", { role: "status" }, "The editions differ in " + differ + " of " + total + " cells."),
      make("div", { class: "scroll", tabindex: "0", role: "group", "aria-labelledby": "explorer-grid-caption" }, table),
    ];
  }

  return { drawn: drawn };
};
