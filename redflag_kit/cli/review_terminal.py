"""The review at a terminal: cards as the text report shows changes, answers from the keyboard."""

import argparse
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from redflag_kit.cli.parser import CommandLineError
from redflag_kit.cli.review import Decided, review
from redflag_kit.cli.terminal import say, style_of
from redflag_kit.gate.standing import APPROVED
from redflag_kit.report.review_card import cards_of, render_card
from redflag_kit.report.text import count
from redflag_kit.results.signoff import SignoffItem
from redflag_kit.workflow.change import Change
from redflag_kit.workflow.choose import can_be_signed
from redflag_kit.workflow.drafts import Statement


def check_terminal(options: argparse.Namespace) -> None:
    """Refuse a review that nobody could answer."""
    if options.format != "text":
        raise CommandLineError("a review is held in text", "leave --format out; redflag approve add has JSON")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = "run it in a terminal, or sign with redflag approve add"
        raise CommandLineError("a review asks questions, and there is no terminal to ask", hint)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C from ending what is short and has to be done whole: writing what was decided."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def reviewed(
    options: argparse.Namespace, change: Change, pending: tuple[SignoffItem, ...], statement: Statement
) -> tuple[tuple[SignoffItem, Statement], ...]:
    """Hold the review and return what was decided, as statements of the person who holds it."""
    with suppress(ImportError):
        import readline  # noqa: F401  # lines of `input` can be edited then
    cards = cards_of(change.diffs)
    style = style_of(sys.stdout, options.color)
    say(
        f"{count(len(pending), 'change')} to sign as {statement.role}, by {statement.who}, on {statement.date}\n",
        sys.stdout,
    )
    found = review(
        pending,
        lambda item: render_card(item, cards.get((item.new, item.id)), style),
        input,
        lambda text: say(text, sys.stdout),
    )
    return tuple(_stated(found, statement))


def unsigned(change: Change, statement: Statement) -> tuple[SignoffItem, ...]:
    """Return the changes that ask for a role and that nobody has approved in it yet, worst first."""
    signoff = change.stand(change.new.library.approvals)
    role = statement.role
    return tuple(
        item
        for item in signoff.items
        if can_be_signed(item) and (role in item.missing or (role in item.roles and item.state != APPROVED))
    )


def _stated(found: Iterable[Decided], statement: Statement) -> Iterable[tuple[SignoffItem, Statement]]:
    for one in found:
        expires = statement.expires if one.decision == statement.decision else ""
        yield one.item, replace(statement, decision=one.decision, rationale=one.rationale, expires=expires)
