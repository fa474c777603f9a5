"""From the name of a revision to one commit: a branch, a tag, `HEAD~2`, an id; `REV...` is where it parted from HEAD.

Claim: a name never reaches git as anything but a name, and means one commit for the whole run.
"""

import re

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.project.git import GitError, Repository
from redflag_kit.project.tree import Revision

SINCE = "..."
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def resolved(repository: Repository, name: str) -> Revision:
    """Return the commit that a name means now. Raises GitError if it cannot be one, or means none."""
    if not name.removesuffix(SINCE):
        raise GitError("the revision has no name", "write a branch, a tag or the id of a commit", misused=True)
    if name.startswith("-"):
        hint = "write the whole name of the branch, e.g. refs/heads/NAME"
        raise GitError(f"{quoted(name)} cannot be a revision: it starts with a hyphen", hint, misused=True)
    if any(ord(one) < 32 or ord(one) == 127 for one in name):
        message = f"{quoted(name)} cannot be a revision: it holds characters that no name has"
        raise GitError(message, misused=True)
    if name.endswith(SINCE):
        return Revision(name, _parting(repository, name.removesuffix(SINCE)))
    return Revision(name, _commit(repository, name))


def _commit(repository: Repository, name: str) -> str:
    found = repository.git("rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    if "ambiguous" in found.warning or "ambiguous" in found.complaint:
        hint = "write more of the id, or the whole name: refs/heads/NAME for a branch, refs/tags/NAME for a tag"
        raise GitError(f"{quoted(name)} means more than one commit", hint)
    if found.ok and _ID.fullmatch(found.line):
        return found.line
    if not repository.git("rev-parse", "--verify", "--quiet", "HEAD").ok:
        raise GitError("the repository has no commit yet", "commit the files first")
    hint = "write it without the colon" if name.endswith(":") else repository.fetching or _alike(repository, name)
    raise GitError(f"there is no revision {quoted(name)}", hint)


def _alike(repository: Repository, name: str) -> str:
    """Return a hint at the branch or tag that may be meant: the same of another repository, or a similar name."""
    listed = repository.git("for-each-ref", "--format=%(refname:short)")
    names = listed.output.decode(errors="replace").splitlines()
    elsewhere = [one for one in names if one.endswith(f"/{name}")]
    if elsewhere:
        return f"did you mean {quoted(elsewhere[0])}?"
    return did_you_mean(name, names) or "git branch --all and git tag list what there is"


def _parting(repository: Repository, name: str) -> str:
    """Return the last commit that a revision and HEAD have in common."""
    ours, theirs = _commit(repository, "HEAD"), _commit(repository, name)
    found = repository.git("merge-base", theirs, ours)
    if not found.ok:
        raise GitError(f"{quoted(name)} and HEAD have no commit in common", repository.fetching)
    return found.line.split("\n")[0]
