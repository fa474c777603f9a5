"""What `redflag approve` needs to know before anything is signed: the change, the day, who signs, and what they say."""

import argparse
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path

from redflag_kit.cli.parser import CommandLineError
from redflag_kit.cli.projects import note
from redflag_kit.cli.today import today
from redflag_kit.model.approval import Condition
from redflag_kit.project.git import GitError
from redflag_kit.project.identity import identity
from redflag_kit.project.states import States
from redflag_kit.project.write import write_new
from redflag_kit.workflow.change import Change, change_between, change_since
from redflag_kit.workflow.drafts import Draft, Statement
from redflag_kit.workflow.sides import referred
from redflag_kit.workflow.to_sign import settings_of


def change_given(options: argparse.Namespace, states: States, words: Sequence[str]) -> Change:
    """Return the change that is meant: between two editions, or of the working files since a revision."""
    change = _change(options, states, words)
    note(options, change.old, change.new)
    return change


def _change(options: argparse.Namespace, states: States, words: Sequence[str]) -> Change:
    date = date_given(options)
    if options.against is not None:
        if words:
            raise CommandLineError("`--against` takes the whole change", f"leave `{words[0]}` out, or `--against`")
        return change_since(states, options.against, date)
    if len(words) != 2:
        raise CommandLineError("two editions are needed", "write OLD NEW, or --against REV")
    old, new = (referred(states, one) for one in words)
    if new.project.revision is not None:
        raise CommandLineError("records are written beside working files", "name the new edition without a revision")
    return change_between(old, new, settings_of(states, old.project, new.project).new, date)


def date_given(options: argparse.Namespace) -> str:
    """Return the day that is named, else today."""
    return day("date", options.date) if options.date else today()


def day(option: str, text: str) -> str:
    """Return a day as it was written. Raises CommandLineError if there is no such day."""
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise CommandLineError(f"`--{option}`: `{text}` is not a date", "write year-month-day, such as 2026-11-25")


def conditions_given(options: argparse.Namespace) -> tuple[Condition, ...]:
    """Return the conditions, each with how it was met if that is said."""
    texts, met = options.condition or [], options.met or []
    if len(met) > len(texts):
        raise CommandLineError("there are more `--met` than `--condition`", "repeat each condition with how it was met")
    return tuple(
        Condition(" ".join(one.split()), " ".join(two.split())) for one, two in zip_longest(texts, met, fillvalue="")
    )


def statement_given(
    options: argparse.Namespace, states: States, role: str, decision: str, conditions: tuple[Condition, ...]
) -> tuple[Statement, dict[str, object]]:
    """Return what is said, and how the signer is known, which is told with the result."""
    who = options.who or _known_to_git(states)
    statement = Statement(
        decision=decision,
        who=who,
        role=role,
        rationale=options.rationale or "",
        date=date_given(options),
        expires=day("expires", options.expires) if options.expires else "",
        conditions=conditions,
        withdraws=tuple(options.withdraws or ()),
    )
    return statement, {"who": who, "who_from": "option" if options.who else "git", "role": role}


def _known_to_git(states: States) -> str:
    hint = "write --who 'Name <mail>', or tell git: git config user.name and user.email"
    try:
        who = identity(states.repository)
    except GitError as error:
        raise CommandLineError("who signs is not known", hint) from error
    if not who:
        raise CommandLineError("who signs is not known: git has no name and address", hint)
    return who


def write(root: Path, drafts: Iterable[Draft]) -> None:
    """Write the records, each whole or not at all, and none over another file."""
    for one in drafts:
        try:
            write_new(root / one.path, one.text)
        except FileExistsError as error:
            raise CommandLineError(f"`{one.path}` is there already", "run the command again") from error
        except OSError as error:
            raise CommandLineError(f"`{one.path}` cannot be written: {error.strerror or error}") from error
