"""Run git: the one place that does. Lists of arguments, no shell, no prompt, no lock, and nothing written.

Needs git 2.30 or later. What git says is read in English, and paths as bytes between NULs, whatever the settings.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redflag_kit.diagnostics.diagnostic import quoted

_ALWAYS = (
    *("--no-pager", "--literal-pathspecs", "--no-replace-objects"),
    *("-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", "core.warnAmbiguousRefs=true"),
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "LANGUAGE": "",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
}
_PATHS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")


class GitError(Exception):
    """Something that git cannot give, in one line of plain words. `misused`: the request itself made no sense."""

    def __init__(self, message: str, hint: str = "", *, misused: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.misused = misused


@dataclass(frozen=True, slots=True)
class Answer:
    """What git printed. `complaint` is the first line of its error, without `fatal:`; `warning` its first warning."""

    ok: bool
    output: bytes
    complaint: str
    warning: str

    @property
    def line(self) -> str:
        """Return output that is one line."""
        return os.fsdecode(self.output.removesuffix(b"\n"))


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a project lies in. `prefix` leads from its top to the project: empty, or `folder/`."""

    root: Path
    prefix: str
    bare: bool
    shallow: bool
    environment: Mapping[str, str]

    def git(self, *arguments: str, given: bytes = b"") -> Answer:
        """Run git in the folder of the project."""
        return _run(self.root, self.environment, arguments, given)

    def needed(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git prints. Raises GitError with its own words if it fails."""
        answer = self.git(*arguments, given=given)
        if not answer.ok:
            raise GitError(f"git {arguments[0]} failed: {answer.complaint or 'it does not say why'}")
        return answer.output

    @property
    def fetching(self) -> str:
        """Return what helps where something is not there, if the clone has only a part of the history."""
        if not self.shallow:
            return ""
        return "this is a shallow clone, which lacks older commits: git fetch --unshallow origin"


def repository(root: Path) -> Repository:
    """Return the repository of a project. Raises GitError where there is none, or git does not work."""
    environment = _environment()
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")  # a path may hold line breaks: last
    answer = _run(root, environment, ("rev-parse", *asked))
    if answer.ok:
        inside, shallow, prefix = os.fsdecode(answer.output).removesuffix("\n").split("\n", 2)
        return Repository(root, prefix, inside != "true", shallow == "true", environment)
    if "not a git repository" in answer.complaint:
        hint = "revisions are read from git; name guidelines without `REV:` to use the files as they are"
        raise GitError(f"{quoted(str(root))} is not in a git repository", hint)
    hint = "git config --global --add safe.directory DIR trusts it" if "ownership" in answer.complaint else ""
    raise GitError(f"git cannot be used here: {answer.complaint or 'it does not say why'}", hint)


def _environment() -> dict[str, str]:
    """Return the environment for git, with its paths as they are meant here: git is run in the folder of the project.

    Where a hook names the repository but no work tree, the one that git takes here is named too.
    """
    paths = {name: str(Path.cwd() / os.environ[name]) for name in _PATHS if os.environ.get(name)}
    environment = {**os.environ, **paths, **_ENVIRONMENT}
    if "GIT_DIR" in paths and "GIT_WORK_TREE" not in paths:
        top = _run(Path.cwd(), environment, ("rev-parse", "--show-toplevel"))
        if top.ok:
            environment["GIT_WORK_TREE"] = top.line
    return environment


def _run(root: Path, environment: Mapping[str, str], arguments: tuple[str, ...], given: bytes = b"") -> Answer:
    with _installed():
        done = subprocess.run(
            ["git", *_ALWAYS, *arguments],
            cwd=root,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
        )
    said = done.stderr.decode(errors="replace").splitlines()
    warned = next((line for line in said if line.startswith("warning:")), "")
    complaint = next((line for line in said if not line.startswith("warning:")), "")
    complaint = complaint.removeprefix("fatal: ").removeprefix("error: ")
    return Answer(done.returncode == 0, done.stdout, complaint, warned.removeprefix("warning: "))


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise GitError("git is not installed, or not where programs are looked for", "install git") from error
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror or error}") from error
