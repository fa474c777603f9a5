"""Scratch repositories: git with fixed names and dates, and none of the user's settings."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

AUTHOR = "An Author <author@example.org>"
CLEAN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "A Committer",
    "GIT_COMMITTER_EMAIL": "committer@example.org",
}


def settings() -> dict[str, str]:
    """Return the environment for git: the user's, without anything that is about another repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **CLEAN}


@dataclass(frozen=True)
class Scratch:
    """A repository in a folder of a test."""

    root: Path
    author: str = AUTHOR
    environment: dict[str, str] = field(default_factory=settings)

    def git(self, *arguments: str) -> str:
        """Run git in the repository and return what it prints."""
        name, _, mail = self.author.partition(" <")
        whole = {**self.environment, "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail.removesuffix(">")}
        done = subprocess.run(["git", *arguments], cwd=self.root, env=whole, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def write(self, files: Mapping[str, str]) -> None:
        """Write files, with the folders that they need."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def commit(self, message: str = "A change") -> str:
        """Commit everything and return the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}")
        return self.git("rev-parse", "HEAD")


def scratch(root: Path) -> Scratch:
    """Return a new repository whose branch is `main`."""
    root.mkdir(parents=True, exist_ok=True)
    made = Scratch(root)
    made.git("init", "--quiet", "--initial-branch=main")
    return made
