"""The versions of DMN that can be read, by the namespace of their elements, and the names of FEEL as a language."""

import re
from collections.abc import Mapping

VERSIONS: Mapping[str, str] = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
    "https://www.omg.org/spec/DMN/20240513/MODEL/": "1.6",
}
"""DMN 1.6 adds nothing that is read here to 1.5, and takes nothing away."""

_FEEL = re.compile(r"(?:.*/)?s?-?feel(?:/.*)?", re.IGNORECASE | re.DOTALL)


def is_feel(language: str) -> bool:
    """Say whether an expression or type language is FEEL: none given, its URI in any version, or its plain name."""
    return not language.strip() or _FEEL.fullmatch(language.strip()) is not None
