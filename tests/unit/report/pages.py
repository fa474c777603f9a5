"""What a test reads of a page: its places, its numbers, and the lists that stand behind them."""

import itertools
import re
from collections import Counter


def element(page, anchor):
    """Return the markup of the element with an id, up to its own end."""
    start = re.search(rf'<(\w+)[^>]*\bid="{anchor}"', page)
    assert start, anchor
    depth = 0
    for tag in re.finditer(rf"<(/?){start.group(1)}\b", page[start.start() :]):
        depth += -1 if tag.group(1) else 1
        if depth == 0:
            return page[start.start() : start.start() + tag.end()]
    raise AssertionError(anchor)


def check_places(page):
    """Assert that ids are unique, that every link leads to one, and that headings go down one step at a time."""
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert [name for name, many in ids.items() if many > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', page)) - set(ids) == set()
    assert set(re.findall(r'href="([^#])', page)) == set()
    for names in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert set(names.split()) <= set(ids)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def listed(block):
    """Return how many items the element that stands behind a number holds, as its `data-of` says."""
    kind = re.match(r"<[^>]*data-of=\"(\w+)\"", block)
    assert kind, block[:200]
    separator = {"commas": ", ", "semicolons": "; "}.get(kind.group(1))
    if separator is None:
        return len(re.findall(rf'\bdata-i="{kind.group(1)}"', block))
    lists = re.findall(r'<(\w+) class="[^"]*of-list">(.*?)</\1>', block, re.DOTALL)
    return sum(len(found.split(separator)) for _, found in lists)


def number_in(markup):
    found = re.search(r"\d+", re.sub(r"<title>.*?</title>|<[^>]*>", "", markup, flags=re.DOTALL))
    return int(found.group()) if found else None


def check_numbers(page):
    """Assert that every number leads to a list of as many, or to a table whose column sums it up; return them all."""
    links = re.findall(r'<a class="n" href="#([^"]+)">(.*?)</a>', page, re.DOTALL)
    for anchor, words in links:
        block = element(page, anchor)
        many = number_in(words)
        assert many in (sums(block) if anchor == "guidelines" else (listed(block),)), (anchor, words)
    unfolded = re.sub(r"<summary>.*?</summary>", "", page, flags=re.DOTALL)
    assert set(re.findall(r'<(?:span|b) class="n">(\d+)<', unfolded)) <= {"0"}
    for fold in re.findall(r"<details [^>]*data-of=.*?</details>", page, re.DOTALL):
        for number in re.findall(r'<span class="n">(\d+)<', fold.partition("</summary>")[0]):
            assert listed(fold) == int(number), fold[:300]
    return links


def sums(block):
    """Return the sums of the columns of a table of numbers, and how many rows it has."""
    rows = re.findall(r"<tr>(.*?)</tr>", block.partition("<tfoot>")[0].partition("<tbody>")[2], re.DOTALL)
    numbers = [[int(n) for n in re.findall(r'class="n"[^>]*>(\d+)<', row)] for row in rows]
    columns = itertools.zip_longest(*(row for row in numbers if row), fillvalue=0)
    return {*(sum(column) for column in columns), len(rows)}


def without_digits(value, name=""):
    """Return a result without a digit in its texts; what is no text stays."""
    if isinstance(value, dict):
        value = {} if name == "case" else value  # an age counts nothing
        return {_wordless(key): without_digits(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [without_digits(one, name) for one in value]
    return _wordless(value) if isinstance(value, str) and name != "schema" else value


def _wordless(text):
    words = re.sub(r"\d", lambda found: "abcdefghij"[int(found.group())], text)
    return words.replace("shacfg:", "sha256:")


def bare_numbers(page):
    """Return the texts of a page with a number that is neither linked, nor that of a section, nor an exit code."""
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r'<(a|span|b) class="(?:n|number)"[^>]*>.*?</\1>', "", main, flags=re.DOTALL)
    main = re.sub(r'<code class="source">[^<]*</code>|<summary>.*?</summary>', "", main, flags=re.DOTALL)
    texts = re.sub(r"<[^>]*>", "\n", main.replace("sha256:", ""))
    return [line for line in texts.splitlines() if re.search(r"\d", line) and "exit code" not in line]
