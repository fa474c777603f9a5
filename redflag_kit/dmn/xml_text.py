"""XML as text: elements with attributes, children in order; the same bytes for the same elements."""

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Element:
    """An element; `text` and `children` exclude each other. Attributes that are empty are left out."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element", ...] = ()
    text: str = ""


def document(root: Element) -> str:
    """Return a whole XML file."""
    return DECLARATION + "".join(_lines(root, ""))


def _lines(one: Element, indent: str) -> list[str]:
    head = "".join(f" {name}={quoteattr(value)}" for name, value in one.attributes if value)
    if one.children:
        inner = [line for child in one.children for line in _lines(child, indent + "  ")]
        return [f"{indent}<{one.tag}{head}>\n", *inner, f"{indent}</{one.tag}>\n"]
    if one.text:
        return [f"{indent}<{one.tag}{head}>{escape(one.text)}</{one.tag}>\n"]
    return [f"{indent}<{one.tag}{head}/>\n"]
