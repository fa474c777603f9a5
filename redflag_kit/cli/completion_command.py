"""`redflag completion`: scripts that complete commands and options; they start no redflag while typing."""

import argparse
from importlib import import_module

from redflag_kit.cli.overview import COMMANDS
from redflag_kit.cli.parser import Parser, add_output_options, command_parser, one_of

EXAMPLES = ("completion bash > ~/.local/share/bash-completion/completions/redflag", "completion zsh > _redflag")
SHELLS = ("bash", "zsh", "fish")

_BASH = """\
_redflag() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} options="{commands}"
  case ${{COMP_WORDS[1]}} in
{cases}
  esac
  if [ "$COMP_CWORD" -gt 1 ] && [ "${{word#-}}" = "$word" ]; then return; fi
  COMPREPLY=($(compgen -W "$options" -- "$word"))
}}
complete -o default -F _redflag redflag
"""

_ZSH = """\
#compdef redflag
_redflag() {{
  local -a commands options
  commands=({commands})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case $words[2] in
{cases}
  esac
  if [[ $PREFIX == -* ]]; then compadd -- $options; else _files; fi
}}
compdef _redflag redflag
"""


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("shell", metavar="SHELL", type=one_of(SHELLS), help=", ".join(SHELLS))


def run(options: argparse.Namespace) -> str:
    """Return the script for a shell."""
    known = {name: options_of(name) for name in COMMANDS}
    match options.shell:
        case "bash":
            cases = "\n".join(f'    {name}) options="{" ".join(found)}" ;;' for name, found in known.items())
            return _BASH.format(commands=" ".join(COMMANDS), cases=cases)
        case "zsh":
            cases = "\n".join(f"    {name}) options=({' '.join(found)}) ;;" for name, found in known.items())
            commands = " ".join(f"'{name}:{_quoted(summary)}'" for name, summary in COMMANDS.items())
            return _ZSH.format(commands=commands, cases=cases)
        case _:
            return _fish(known)


def options_of(command: str) -> tuple[str, ...]:
    """Return every option a command takes."""
    parser = command_parser(command, "")
    module = import_module(f"redflag_kit.cli.{command}_command")
    module.arguments(parser)
    add_output_options(parser, command)
    return tuple(name for action in parser._actions for name in action.option_strings)


def _quoted(text: str) -> str:
    return text.replace("'", "'\\''").replace(":", "\\:")


def _fish(known: dict[str, tuple[str, ...]]) -> str:
    lines = [f"complete -c redflag -f -n __fish_use_subcommand -a '{n}' -d '{_plain(s)}'" for n, s in COMMANDS.items()]
    for name, found in known.items():
        for option in found:
            kind = "l" if option.startswith("--") else "s"
            lines.append(f"complete -c redflag -n '__fish_seen_subcommand_from {name}' -{kind} {option.lstrip('-')}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return text.replace("'", "\\'")
