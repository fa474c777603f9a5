// Cases in words, in the address of the page, and as people type them.
redflagExplorer.casesOf = function (data) {
  var findings = data.findings;

  // The number at an index, as a decimal.
  function numberAt(number, index) {
    var whole = number.low + index * number.step, digits = String(number.denominator).length;
    return String(Number((whole / number.denominator).toFixed(digits)));
  }

  // The numbers a finding can have, in words.
  function rangeOf(number) {
    var step = numberAt({ low: 0, step: number.step, denominator: number.denominator }, 1);
    return numberAt(number, 0) + " to " + numberAt(number, number.size - 1) + " in steps of " + step;
  }

  // The index of a number as typed, or null where it is none of the finding's numbers.
  function indexOf(number, typed) {
    var match = /^(-?)(\d{1,9})(?:[.,](\d{1,6}))?$/.exec(typed.trim());
    if (!match) { return null; }
    var decimals = match[3] || "", scale = Math.pow(10, decimals.length);
    var scaled = Number(match[2] + decimals) * (match[1] ? -1 : 1) * number.denominator;
    var index = (scaled - number.low * scale) / (number.step * scale);
    return Number.isInteger(index) && index >= 0 && index < number.size ? index : null;
  }

  function exactly(position, index) {
    var starts = findings[position].number.starts;
    return { atoms: [starts.filter(function (start) { return start <= index; }).length - 1], index: index };
  }

  function phrase(position, known) {
    var one = findings[position];
    if (known.index !== null) { return one.label + " " + numberAt(one.number, known.index) + " " + one.number.unit; }
    return known.atoms.map(function (atom) { return one.words[atom]; }).join(" or ");
  }

  function nothing() { return findings.map(function () { return null; }); }

  // The case as text: fever=present&age_years=47&pain_course=better|worse, and @0|2 for intervals of a number.
  function written(given) {
    return findings.map(function (one, position) {
      var known = given[position];
      if (!known) { return ""; }
      if (known.index !== null) { return one.id + "=" + numberAt(one.number, known.index); }
      if (one.number) { return one.id + "=@" + known.atoms.join("|"); }
      return one.id + "=" + known.atoms.map(function (atom) { return encodeURIComponent(one.values[atom]); }).join("|");
    }).filter(Boolean).join("&");
  }

  function readOne(position, value) {
    var one = findings[position];
    if (one.number && value[0] !== "@") {
      var index = indexOf(one.number, value);
      return index === null ? null : exactly(position, index);
    }
    var atoms = value.replace("@", "").split("|").map(function (part) {
      return one.number ? Number(part || NaN) : one.values.indexOf(decodeURIComponent(part));
    });
    var valid = atoms.every(function (atom) { return Number.isInteger(atom) && atom >= 0 && atom < one.words.length; });
    return valid ? { atoms: atoms, index: null } : null;
  }

  // The case of a text, and how many of its entries mean nothing here.
  function read(text) {
    var given = nothing(), unknown = 0;
    text.split("&").filter(Boolean).forEach(function (entry) {
      var cut = entry.indexOf("="), known = null;
      var position = findings.findIndex(function (one) { return one.id === entry.slice(0, cut); });
      try { known = position < 0 ? null : readOne(position, entry.slice(cut + 1)); } catch (error) { known = null; }
      if (known) { given[position] = known; } else { unknown += 1; }
    });
    return { given: given, unknown: unknown };
  }

  // The case of an example: atoms, or the index of a number.
  function example(name) {
    return data.examples[name].map(function (one, position) {
      if (one === null) { return null; }
      return Array.isArray(one) ? { atoms: one, index: null } : exactly(position, one);
    });
  }

  return {
    numberAt: numberAt, rangeOf: rangeOf, indexOf: indexOf, exactly: exactly, phrase: phrase,
    nothing: nothing, written: written, read: read, example: example,
  };
};
