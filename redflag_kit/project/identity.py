"""Who somebody says they are: the name and address that git writes into commits."""

from redflag_kit.project.git import Repository


def identity(repository: Repository) -> str:
    """Return `Name <mail>`, empty where git has not been told; what git would guess from the machine does not count."""
    answer = repository.git("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
    return answer.line.rsplit(" ", 2)[0] if answer.ok else ""
