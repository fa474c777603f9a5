"""Suites and cases of a JUnit report."""

from dataclasses import dataclass

from redflag_kit.report.ci.remark import LEVELS, Place, Remark
from redflag_kit.report.html_read import Json, text

PASSED, FAILURE, ERROR, SKIPPED = "", "failure", "error", "skipped"


@dataclass(frozen=True, slots=True)
class Case:
    """One test case. `outcome` is empty where it passed; `kind` and `message` say why it did not."""

    classname: str
    name: str
    place: Place | None
    outcome: str = PASSED
    kind: str = ""
    message: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """Test cases that belong together, mostly those of one file."""

    name: str
    file: str
    cases: tuple[Case, ...]


def remark_case(one: Remark, threshold: str, classname: str) -> Case:
    """Return a remark as a case: it fails if it is as grave as the threshold, and is skipped if it is accepted."""
    where = f"{one.place.path}:{one.place.line}: " if one.place and one.place.line else ""
    lines = [
        f"{where}{one.message}",
        one.help,
        *(f"{words}: {place.path}:{place.line}" for words, place in one.related),
    ]
    told = "\n".join(line for line in lines if line)
    name = case_name(one)
    if one.accepted:
        return Case(classname, name, one.place, SKIPPED, one.rule.id, f"accepted: {one.accepted.why}", told)
    if LEVELS.index(one.level) <= LEVELS.index(threshold):
        return Case(classname, name, one.place, FAILURE, one.rule.id, one.message, told)
    return Case(classname, name, one.place, text=told)


def case_name(one: Remark) -> str:
    """Return what a remark is called among test cases."""
    return f"{one.title}: {one.short or one.message}"


def undecided_case(one: Json, classname: str) -> Case:
    """Return a question that was left open as a case that could not be run to its end."""
    question = text(one.get("question"))
    told = f"established: {text(one.get('established'))}\nbudget: {text(one.get('budget'))}"
    return Case(classname, f"decided: {question}", None, ERROR, "not decided", f"not decided: {question}", told)


def classname_of(path: str) -> str:
    """Return a file as the name of a class, which readers take apart at its dots."""
    return path.removesuffix(".yaml").removesuffix(".yml").replace(".", "_").replace("/", ".")
