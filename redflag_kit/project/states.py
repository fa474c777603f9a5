"""The states of one project: its working files, and its commits by the names of revisions. Each is loaded once."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from redflag_kit.project.commit import commit_tree, read_at
from redflag_kit.project.git import Repository, repository
from redflag_kit.project.load import BESIDE, Project, load_project, load_tree
from redflag_kit.project.revisions import resolved
from redflag_kit.project.root import FOLDERS
from redflag_kit.project.tree import Revision

LARGEST = 4 * 1024 * 1024


@dataclass
class States:
    """Reads states of the project at `root` when they are asked for. Methods raise GitError."""

    root: Path
    loaded: dict[str, Project] = field(default_factory=dict)

    @cached_property
    def working(self) -> Project:
        """Return the working files."""
        return load_project(self.root)

    @cached_property
    def repository(self) -> Repository:
        """Return the repository that the project lies in."""
        return repository(self.root)

    def at(self, name: str) -> Project:
        """Return the project as a revision has it."""
        if name not in self.loaded:
            revision = resolved(self.repository, name)
            self.loaded[name] = load_tree(self.root, commit_tree(self.repository, revision))
        return self.loaded[name]

    def rules_at(self, name: str) -> Project:
        """Return the guidelines of a revision and what they rest on: all that an old side needs, in half the time.

        The whole state where that is loaded already.
        """
        if name in self.loaded:
            return self.loaded[name]
        tree = commit_tree(self.repository, resolved(self.repository, name), FOLDERS[:1])
        return load_tree(self.root, tree, BESIDE)

    def read(self, revision: Revision | None, path: str) -> bytes | None:
        """Return one file of the project, e.g. its settings, in a commit or (None) on disk; None if there is none."""
        if revision is not None:
            return read_at(self.repository, revision, path)
        file = self.root / path
        if not file.is_file() or file.stat().st_size > LARGEST:
            return None
        return file.read_bytes()
