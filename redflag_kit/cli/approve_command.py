"""`redflag approve`."""

import argparse

from redflag_kit.cli.parser import CommandLineError, Parser, add_project_options, one_of
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "approve --review --against main",
    "approve add acp@2007 acp@2011 --class mri-same-day-silent-1f2e3d4c --rationale 'NICE 2021 says so'",
    "approve add --against main --all --role clinical-safety --rationale 'read, and agreed'",
    "approve violation acp '2011.0 to 2011.2' --role clinical-safety --rationale 'wrong dose in a table'",
    "approve withdraw 2026-11-25-acp-2011.0.0-approve-clinical-safety-a-reviewer --rationale 'new evidence'",
    "approve verify --against main",
    "approve list acp",
)
ACTIONS = ("add", "violation", "withdraw", "verify", "list")
DIRECTIONS = ("less_urgent", "lost", "lateral", "scope", "constraint", "gained", "more_urgent")
_SIGNING = ("who", "role", "rationale", "date")
_CHOOSING = ("class_", "fingerprint", "all", "direction")
_ADDING = ("decision", "condition", "met", "expires", "withdraws")
_TAKEN: dict[str, tuple[str, ...]] = {
    "add": ("against", *_SIGNING, *_CHOOSING, *_ADDING),
    "review": ("against", "who", "role", "date", "expires"),
    "violation": _SIGNING,
    "withdraw": _SIGNING,
    "verify": ("against", "date"),
    "list": ("date",),
}


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "words",
        metavar="ACTION ...",
        nargs="*",
        help="add OLD NEW, violation GUIDELINE VERSIONS, withdraw RECORD..., verify or list [GUIDELINE]",
    )
    parser.add_argument("--review", action="store_true", help="walk through the unsigned changes and decide on each")
    parser.add_argument(
        "--against", metavar="REV", help="the change since a commit, branch or tag (instead of OLD NEW)"
    )
    signing = parser.add_argument_group("who signs")
    signing.add_argument("--who", metavar="PERSON", help="`Name <mail>` (default: as git knows you)")
    signing.add_argument("--role", help="the role you act in (default: the only one that is asked for)")
    signing.add_argument("--rationale", metavar="TEXT", help="why")
    signing.add_argument("--date", help="the day, such as 2026-11-25 (default: today, by UTC)")
    choosing = parser.add_argument_group("which changes (add)")
    choosing.add_argument("--class", dest="class_", metavar="ID", nargs="+", action="extend", help="by id")
    choosing.add_argument("--fingerprint", metavar="HASH", nargs="+", action="extend", help="or the start of it")
    choosing.add_argument("--all", action="store_true", help="all that ask for your role")
    choosing.add_argument(
        "--direction", metavar="NAME", type=one_of(DIRECTIONS), action="append", help="with --all: all of a direction"
    )
    adding = parser.add_argument_group("what is said of them (add)")
    adding.add_argument("--decision", type=one_of(("approve", "reject")), metavar="WORD", help="approve or reject")
    adding.add_argument("--condition", metavar="TEXT", action="append", help="the approval counts once this is met")
    adding.add_argument("--met", metavar="TEXT", action="append", help="how the first condition was met; then the next")
    adding.add_argument("--expires", metavar="DATE", help="the day from which the approval no longer counts")
    adding.add_argument("--withdraws", metavar="RECORD", action="append", help="a record of yours that this replaces")
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Carry out one action."""
    action, words = _action(options)
    for name in (*_SIGNING, *_CHOOSING, *_ADDING, "against"):
        if getattr(options, name) not in (None, False) and name not in _TAKEN[action]:
            option = name.rstrip("_")
            raise CommandLineError(f"`--{option}` means nothing for `approve {action}`", "leave it out")
    return _RUNS[action](options, words)


def _action(options: argparse.Namespace) -> tuple[str, list[str]]:
    words = list(options.words)
    if options.review:
        if words[:1] == ["add"]:
            words = words[1:]
        return "review", words
    if not words or words[0] not in ACTIONS:
        from redflag_kit.diagnostics.diagnostic import did_you_mean

        hint = did_you_mean(words[0], ACTIONS) if words else ""
        raise CommandLineError("an action is needed", hint or f"there are {', '.join(ACTIONS)}, and --review")
    return words[0], words[1:]


def _add(options: argparse.Namespace, words: list[str]) -> Envelope:
    from redflag_kit.cli.projects import states_of
    from redflag_kit.cli.signing import change_given, conditions_given, statement_given, write
    from redflag_kit.workflow.approve import written
    from redflag_kit.workflow.choose import Choice, chosen, role_asked
    from redflag_kit.workflow.drafts import drafts_on

    if options.rationale is None:
        raise CommandLineError("a record needs a reason", "write --rationale TEXT")
    if options.direction and not options.all:
        raise CommandLineError("`--direction` goes with `--all`", "add it, or leave the option out")
    conditions = conditions_given(options)
    states = states_of(options)
    change = change_given(options, states, words)
    role = role_asked(change.items, options.role or "")
    statement, told = statement_given(options, states, role, options.decision or "approve", conditions)
    choice = Choice(
        tuple(options.class_ or ()), tuple(options.fingerprint or ()), options.all, tuple(options.direction or ())
    )
    drafts = drafts_on(change, [(item, statement) for item in chosen(change.items, choice, role)])
    write(states.root, drafts)
    return written("add", change.new, drafts, statement.date, told, change)


def _violation(options: argparse.Namespace, words: list[str]) -> Envelope:
    from redflag_kit.cli.projects import project_of, states_of
    from redflag_kit.cli.signing import statement_given, write
    from redflag_kit.workflow.approve import written
    from redflag_kit.workflow.drafts import draft_recall

    if len(words) < 2:
        raise CommandLineError("a guideline and its versions are needed", "write approve violation acp 2011.0.0")
    if options.rationale is None or options.role is None:
        raise CommandLineError("a recall needs a role and a reason", "write --role ROLE --rationale TEXT")
    states, project = states_of(options), project_of(options)
    statement, told = statement_given(options, states, options.role, "violation", ())
    drafts = (draft_recall(project, words[0], " ".join(words[1:]), statement),)
    write(states.root, drafts)
    return written("violation", project, drafts, statement.date, told, None)


def _withdraw(options: argparse.Namespace, words: list[str]) -> Envelope:
    from dataclasses import replace

    from redflag_kit.cli.projects import project_of, states_of
    from redflag_kit.cli.signing import statement_given, write
    from redflag_kit.workflow.approve import written
    from redflag_kit.workflow.drafts import draft_withdrawal

    if not words or options.rationale is None:
        hint = "write approve withdraw ID --rationale TEXT; redflag approve list shows the records"
        raise CommandLineError("a record and a reason are needed", hint)
    states, project = states_of(options), project_of(options)
    roles = sorted({one.role for one in project.library.approvals if one.id in words})
    role = options.role or (roles[0] if len(roles) == 1 else "clinical-safety")
    statement, told = statement_given(options, states, role, "reject", ())
    drafts = (draft_withdrawal(project, replace(statement, withdraws=tuple(words))),)
    write(states.root, drafts)
    return written("withdraw", project, drafts, statement.date, told, None)


def _verify(options: argparse.Namespace, words: list[str]) -> Envelope:
    from redflag_kit.cli.projects import project_of, states_of
    from redflag_kit.cli.signing import date_given
    from redflag_kit.workflow.approve import verified
    from redflag_kit.workflow.change import change_since
    from redflag_kit.workflow.gate_signoff import lost_records_of

    if words:
        raise CommandLineError(f"`approve verify` takes no `{words[0]}`", "it looks at every record of the project")
    date = date_given(options)
    if options.against is None:
        return verified(project_of(options), date)
    states = states_of(options)
    change = change_since(states, options.against, date)
    return verified(change.new, date, change, lost_records_of(states, change.old, change.new))


def _list(options: argparse.Namespace, words: list[str]) -> Envelope:
    from redflag_kit.cli.projects import project_of
    from redflag_kit.cli.signing import date_given
    from redflag_kit.workflow.approve import listed

    if len(words) > 1:
        raise CommandLineError("one guideline at a time", "write redflag approve list GUIDELINE")
    return listed(project_of(options), "".join(words), date_given(options))


def _review(options: argparse.Namespace, words: list[str]) -> Envelope:
    from dataclasses import replace

    from redflag_kit.cli.projects import states_of
    from redflag_kit.cli.review_terminal import check_terminal, reviewed, uninterrupted, unsigned
    from redflag_kit.cli.signing import change_given, statement_given, write
    from redflag_kit.workflow.approve import written
    from redflag_kit.workflow.choose import role_asked
    from redflag_kit.workflow.drafts import drafts_on

    check_terminal(options)
    states = states_of(options)
    change = change_given(options, states, words)
    role = role_asked(change.items, options.role or "")
    statement, told = statement_given(options, states, role, "approve", ())
    pending = unsigned(change, statement)
    # What could be wrong with every record is told before anybody has decided anything.
    drafts_on(change, [(item, replace(statement, rationale="-")) for item in pending[:1]])
    decided = reviewed(options, change, pending, statement)
    with uninterrupted():
        drafts = drafts_on(change, decided)
        write(states.root, drafts)
    return written("review", change.new, drafts, statement.date, told, change)


_RUNS = {
    "add": _add,
    "violation": _violation,
    "withdraw": _withdraw,
    "verify": _verify,
    "list": _list,
    "review": _review,
}
