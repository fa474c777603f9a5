"use strict";
// What an edition says of a case, read off the diagrams in the result (`redflag_kit/results/explorer.py` says how).
//
// A case is a list with an entry for each finding: null (not assessed) or {atoms: [...], index: i}: the atoms it may
// have, and the place of an exact number among the numbers of the finding (null for words and intervals).
// Throughout, `masks` has for each finding a list that says which of its atoms are left.
var redflagExplorer = (function () {
  function range(size) { return Array.from({ length: size }, function (_, number) { return number; }); }

  function only(mask, atom) { return mask.map(function (_, other) { return other === atom; }); }

  function reader(data, edition, given) {
    var findings = data.findings;
    var seen = new Int32Array(data.ends + data.nodes.length);
    var round = 0;

    // The ends that can be reached from a root; nowhere, end 0, is no possibility.
    function ends(root, masks) {
      var found = [], waiting = [root], node, row, mask, atom;
      round += 1;
      while (waiting.length) {
        node = waiting.pop();
        if (seen[node] === round) { continue; }
        seen[node] = round;
        if (node < data.ends) {
          if (node) { found.push(node); }
          continue;
        }
        row = data.nodes[node - data.ends];
        mask = masks[row[0]];
        for (atom = 0; atom < mask.length; atom += 1) {
          if (mask[atom]) { waiting.push(row[atom + 1]); }
        }
      }
      return found.sort(function (one, other) { return one - other; });
    }

    // Per finding the lowest and highest index a number can have beside the exact numbers it is compared with.
    var limits = findings.map(function (one) { return one.number ? [0, one.number.size - 1] : null; });
    edition.comparisons.forEach(function (c) {
      var left = given[c.left_position], right = given[c.right_position];
      var low = limits[c.right_position], high = limits[c.left_position];
      if (left && left.index !== null) {
        low[0] = Math.max(low[0], Math.ceil((c.left_step * left.index + c.left - c.right) / c.right_step));
      }
      if (right && right.index !== null) {
        high[1] = Math.min(high[1], Math.floor((c.right_step * right.index + c.right - c.left) / c.left_step));
      }
    });

    // The numbers of an atom that are left, as [lowest index, highest index].
    function span(position, atom) {
      var number = findings[position].number, starts = number.starts;
      var last = atom + 1 < starts.length ? starts[atom + 1] - 1 : number.size - 1;
      return [Math.max(starts[atom], limits[position][0]), Math.min(last, limits[position][1])];
    }

    function isLeft(position, atom) {
      var one = given[position];
      if (one && one.atoms.indexOf(atom) < 0) { return false; }
      if (!findings[position].number) { return true; }
      var left = span(position, atom);
      return one && one.index !== null ? left[0] <= one.index && one.index <= left[1] : left[0] <= left[1];
    }

    var stated = findings.map(function (one, position) {
      return range(one.words.length).map(function (atom) { return isLeft(position, atom); });
    });

    // Findings that only constraints read are not in the diagrams: what is known of them narrows the finding they are
    // tied to. Returns null if nobody agrees with the masks.
    function narrowed(masks) {
      var left = masks.slice();
      edition.links.forEach(function (link) {
        if (link.positions.every(function (one) { return masks[one].every(Boolean); })) { return; }
        if (link.tied === null) {
          if (!ends(link.root, left).length) { left[link.positions[0]] = []; }
          return;
        }
        var before = left[link.tied];
        left[link.tied] = before.map(function (on, atom) {
          left[link.tied] = only(before, atom);
          return on && ends(link.root, left).length > 0;
        });
      });
      var known = left.every(function (mask) { return mask.some(Boolean); });
      return known && ends(edition.legal, left).length ? left : null;
    }

    function changed(masks, position, mask) {
      var copy = masks.slice();
      copy[position] = mask;
      return copy;
    }

    // Whether what is known leaves a finding only one value; an atom of several numbers is not one value.
    function isForced(masks, position) {
      var possible = range(masks[position].length).filter(function (atom) {
        return masks[position][atom] && narrowed(changed(masks, position, only(masks[position], atom)));
      });
      if (possible.length !== 1 || !findings[position].number) { return possible.length <= 1; }
      var left = span(position, possible[0]);
      return left[0] === left[1];
    }

    function assume(masks, one) {
      var mask = masks[one.position].map(function (on, atom) { return on && atom === one.atom; });
      return changed(masks, one.position, mask);
    }

    // Take assumptions one after the other, leaving out those that would leave nobody.
    function take(masks, assumptions) {
      var refused = [], all = assumptions.reduce(assume, masks);
      if (narrowed(all)) { return { masks: all, refused: refused }; }
      assumptions.forEach(function (one) {
        var narrower = assume(masks, one);
        if (narrowed(narrower)) { masks = narrower; } else { refused.push(one); }
      });
      return { masks: masks, refused: refused };
    }

    // What every part can be, as ends.
    function outlook(masks) {
      var left = narrowed(masks);
      return edition.parts.map(function (part) { return ends(part.root, left); });
    }

    return { ends: ends, stated: stated, narrowed: narrowed, isForced: isForced, take: take, outlook: outlook };
  }

  // The possible values of every output, levels before statuses; of a set what is listed always (must) or ever (may).
  function outcomes(edition, found) {
    var said = {};
    edition.parts.forEach(function (part, at) {
      var values = found[at].map(function (end) { return part.values[end - 1]; });
      var one = said[part.output] = said[part.output] || { values: [], must: [], may: [] };
      if (!part.element) {
        one.values = values.filter(function (value) { return value !== "listed"; });
      } else if (values.indexOf("listed") >= 0) {
        one.may.push(part.element);
        if (values.length === 1) { one.must.push(part.element); }
      }
    });
    return said;
  }

  // Null if no patient of the edition can be so; else what it says, which rules fire, and what was assumed.
  function answers(data, edition, given) {
    var read = reader(data, edition, given);
    if (!read.narrowed(read.stated)) { return null; }
    var open = edition.assumptions.filter(function (one) {
      return !given[one.position] && !read.isForced(read.stated, one.position);
    });
    var taken = read.take(read.stated, open);
    var assumed = open.filter(function (one) { return taken.refused.indexOf(one) < 0; });
    var found = read.outlook(taken.masks), left = read.narrowed(taken.masks);
    var pivotal = assumed.filter(function (one) {
      var others = assumed.filter(function (other) { return other !== one; });
      return JSON.stringify(read.outlook(read.take(read.stated, others).masks)) !== JSON.stringify(found);
    });
    return {
      said: outcomes(edition, found),
      written: outcomes(edition, edition.parts.map(function (part) { return read.ends(part.written, left); })),
      rules: edition.rules.map(function (rule) {
        var states = read.ends(rule.root, left);
        return states.length > 1 ? "open" : states[0] === 1 ? "fires" : "not";
      }),
      assumed: assumed,
      pivotal: pivotal,
      withdrawn: taken.refused,
    };
  }

  // Of a case that no patient can be, findings that contradict each other: without any one of them somebody could be.
  function contradiction(data, edition, given) {
    var left = given.slice();
    given.forEach(function (one, position) {
      if (!one) { return; }
      var without = left.slice();
      without[position] = null;
      var read = reader(data, edition, without);
      if (!read.narrowed(read.stated)) { left = without; }
    });
    return range(left.length).filter(function (position) { return left[position]; });
  }

  // The data as the answers need it: nodes as lists of numbers.
  function opened(data) {
    return Object.assign({}, data, {
      nodes: data.nodes.map(function (node) { return node.split(" ").map(Number); }),
    });
  }

  return { opened: opened, answers: answers, contradiction: contradiction };
})();
