"""People as records and git name them: a name, better with a mail address, `Name <mail>`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PERSON = re.compile(r"(?P<name>[^<>]*)<(?P<mail>[^<>\s]+@[^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Person:
    """A name and an address, either of which may be empty; compared by `is_same`, not by `==`."""

    name: str
    mail: str

    def is_same(self, other: "Person") -> bool:
        """Say whether two mean the same person: by address if both have one, else by name; case does not matter.

        A claim, not a proof: who uses two addresses counts as two people.
        """
        if self.mail and other.mail:
            return self.mail.casefold() == other.mail.casefold()
        return self.name.casefold() == other.name.casefold()


def person(who: str) -> Person:
    """Return the person that a text names; the address serves as the name where there is no other."""
    text = " ".join(who.split())
    found = _PERSON.fullmatch(text)
    if found is None:
        return Person(text, "")
    return Person(found["name"].strip() or found["mail"], found["mail"])


def same_person(one: str, other: str) -> bool:
    """Say whether two texts name the same person."""
    return person(one).is_same(person(other))


def is_among(who: str, people: Iterable[str]) -> bool:
    """Say whether a person is one of some."""
    return any(same_person(who, one) for one in people)
