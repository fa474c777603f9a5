// What both editions answer, as elements of the page.
redflagExplorer.showing = function (data, cases) {
  var SIDES = [["old", "Before"], ["new", "After"]];

  // Return an element with text and children; only text is ever put into the page, never markup.
  function make(name, attributes, content) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    [].concat(content === undefined ? [] : content).forEach(function (one) {
      made.append(typeof one === "string" ? document.createTextNode(one) : one);
    });
    return made;
  }

  function sameAs(one, other) { return JSON.stringify(one) === JSON.stringify(other); }

  function wordsOf(output, one) {
    function say(value) { return output.words[value] || value; }
    if (output.kind === "ordered") { return one.values.map(say); }
    var perhaps = one.may.filter(function (element) { return one.must.indexOf(element) < 0; });
    var parts = one.must.length ? [one.must.map(say).join(", ")] : [];
    if (perhaps.length) { parts.push((one.must.length ? "perhaps also " : "perhaps ") + perhaps.map(say).join(", ")); }
    return parts.concat(one.values.map(say));
  }

  function isDecided(one) { return sameAs(one.must, one.may) && one.values.length + (one.may.length ? 1 : 0) === 1; }

  function cell(side, name, answer) {
    var output = data[side].outputs.filter(function (one) { return one.id === name; })[0];
    if (!output) { return make("td", { class: "muted" }, "not covered"); }
    if (!answer) { return make("td", { class: "muted" }, "no such patient"); }
    var said = answer.said[name], own = answer.written[name], words = wordsOf(output, said);
    var made = make("td", {}, isDecided(said) ? make("strong", {}, words) : [
      make("span", { class: "muted" }, "◐ undecided, one of:"),
      make("ul", {}, words.map(function (one) { return make("li", {}, one); })),
    ]);
    if (!sameAs(said, own)) {
      made.append(make("div", { class: "small muted" }, "as rules write it: " + wordsOf(output, own).join(" or ")));
    }
    return made;
  }

  // How an output of the two editions compares, by what rules write, as in the whole report: sign, words, rank.
  function markOf(name, found) {
    if (!covers("old", name) || !covers("new", name)) { return ["Δ", "covered by one edition only", 2]; }
    if (!found.old || !found.new) { return ["–", "not comparable", 3]; }
    var one = found.old, other = found.new;
    var open = !isDecided(one.written[name]) || !isDecided(other.written[name]);
    if (!sameAs(one.written[name], other.written[name])) { return ["Δ", open ? "other possibilities" : "changed", 0]; }
    if (!sameAs(one.said[name], other.said[name])) { return ["Δ", "differs only as others entail it", 1]; }
    return ["=", open ? "same possibilities" : "same", 3];
  }

  function covers(side, name) { return data[side].outputs.some(function (one) { return one.id === name; }); }

  function outcomeTable(marked, found) {
    var body = marked.map(function (one) {
      var sign = make("span", { "aria-hidden": "true" }, one.mark[0]);
      var mark = make("div", { class: "small mark" }, [sign, " " + one.mark[1]]);
      return make("tr", one.mark[2] < 2 ? { class: "differs" } : {}, [
        make("th", { scope: "row" }, [one.label, mark]), cell("old", one.name, found.old), cell("new", one.name, found.new),
      ]);
    });
    var head = ["Output", "Before", "After"].map(function (one) { return make("th", { scope: "col" }, one); });
    var table = make("table", { class: "answers" }, [
      make("caption", { id: "explorer-caption" }, "What both editions say of this case"),
      make("thead", {}, make("tr", {}, head)), make("tbody", {}, body),
    ]);
    return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-labelledby": "explorer-caption" }, table);
  }

  // Every output with its mark, what differs first.
  function outputsMarked(found) {
    var taken = {};
    return data.new.outputs.concat(data.old.outputs).filter(function (one) {
      var fresh = !taken["output " + one.id];
      taken["output " + one.id] = true;
      return fresh;
    }).map(function (one) {
      return { name: one.id, label: one.label, mark: markOf(one.id, found) };
    }).sort(function (one, other) { return one.mark[2] - other.mark[2]; });
  }

  function ruleItem(rule, sign, word) {
    var name = rule.place ? make("a", { href: "#" + rule.place }, rule.id) : rule.id;
    return make("li", {}, [make("span", { "aria-hidden": "true" }, sign), " " + word + ": ", name, " " + rule.title]);
  }

  function rulesOf(side, answer) {
    function inState(state) { return data[side].rules.filter(function (_, at) { return answer.rules[at] === state; }); }
    var fires = inState("fires"), open = inState("open"), not = inState("not");
    var items = fires.map(function (one) { return ruleItem(one, "●", "fires"); })
      .concat(open.map(function (one) { return ruleItem(one, "◐", "depends on what is not known"); }));
    var made = [items.length ? make("ul", { class: "firing" }, items) : make("p", { class: "muted" }, "No rule fires.")];
    if (not.length) {
      made.push(make("details", { class: "small" }, [make("summary", {}, "Rules that do not fire: " + not.length),
        make("ul", { class: "firing" }, not.map(function (one) { return ruleItem(one, "○", "does not fire"); }))]));
    }
    return made;
  }

  function assumptionsOf(answer) {
    var items = answer.assumed.map(function (one) {
      var why = one.reason ? " Why: " + one.reason.replace(/\.$/, "") + "." : "";
      var pivotal = answer.pivotal.indexOf(one) >= 0;
      var matters = pivotal ? " Without it the outcome would be another." : " It changes nothing here.";
      return make("li", {}, "Assumed, as nothing is known of it: " + one.words + "." + why + matters);
    }).concat(answer.withdrawn.map(function (one) {
      return make("li", {}, "Not assumed, as it contradicts what is known: " + one.words + ".");
    }));
    return items.length ? [make("h5", {}, "Assumptions"), make("ul", { class: "small" }, items)] : [];
  }

  function impossible(side, given) {
    var clash = redflagExplorer.contradiction(data, data[side], given).map(function (position) {
      return cases.phrase(position, given[position]);
    });
    var edition = (side === "old" ? "Before" : "After") + " (" + data[side].name + ")";
    var why = clash.length > 1 ? "These cannot hold together: " : "This cannot be: ";
    return make("p", { class: "warning" }, "! " + edition + ": no patient can be like this. " + why + clash.join("; ") + ".");
  }

  function sidePanel(side, heading, answer) {
    var label = [heading + " ", make("span", { class: "muted" }, data[side].name)];
    var nobody = make("p", { class: "muted" }, "No such patient.");
    var inside = answer ? rulesOf(side, answer).concat(assumptionsOf(answer)) : nobody;
    return make("div", { class: "side" }, [make("p", { class: "side-label" }, label)].concat(inside));
  }

  function summary(marked, found) {
    if (!found.old && !found.new) { return "No patient can be like this in either edition."; }
    if (!found.old) { return "No patient can be like this in the old edition."; }
    if (!found.new) { return "No patient can be like this in the new edition."; }
    var both = marked.filter(function (one) { return covers("old", one.name) && covers("new", one.name); });
    var differ = both.filter(function (one) { return one.mark[2] === 0; }).length;
    function open(answer) {
      return Object.keys(answer.said).filter(function (name) { return !isDecided(answer.said[name]); }).length;
    }
    var counted = (differ ? "Δ " : "= ") + differ + " of the " + both.length + " outputs that both cover ";
    return counted + (differ === 1 ? "differs" : "differ") + "; undecided: " + open(found.old) + " before, " + open(found.new) + " after.";
  }

  function found(given) {
    var answers = {};
    SIDES.forEach(function (side) { answers[side[0]] = redflagExplorer.answers(data, data[side[0]], given); });
    return answers;
  }

  // What both editions answer: a summary in one sentence, and the elements to show.
  function answered(given) {
    var answers = found(given), marked = outputsMarked(answers);
    var warnings = SIDES.filter(function (side) { return !answers[side[0]]; });
    var panels = SIDES.map(function (side) { return sidePanel(side[0], side[1], answers[side[0]]); });
    return {
      summary: summary(marked, answers),
      elements: warnings.map(function (side) { return impossible(side[0], given); }).concat([
        outcomeTable(marked, answers), make("h4", {}, "Rules and assumptions"), make("div", { class: "sides" }, panels),
      ]),
    };
  }

  return { make: make, answered: answered, found: found, marked: outputsMarked };
};
