"""A project is read from a commit as it would be read from disk, and nothing but the commit is looked at."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from redflag_kit.project.git import GitError
from redflag_kit.project.states import States
from tests.unit.cli.command_lines import BASE, GUIDELINE
from tests.unit.project.scratch import Scratch, scratch, settings


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """Return a repository with the base project in its first commit and a reworded rule in its second."""
    made = scratch(tmp_path_factory.mktemp("shared") / "ä project")
    shutil.copytree(BASE, made.root, dirs_exist_ok=True)
    made.commit("first")
    made.git("tag", "v1")
    text = (made.root / GUIDELINE).read_text("utf-8")
    made.write({GUIDELINE: text.replace("A high score", "A score that is high")})
    made.commit("second")
    made.git("branch", "clinic", "v1")
    made.git("tag", "release/2024", "v1")
    return made


def titles(states: States, name: str) -> set[str]:
    return {rule.title for one in states.at(name).library.guidelines for rule in one.rules()}


@pytest.mark.parametrize("name", ["v1", "HEAD~1", "clinic", "release/2024", "main~1"])
def test_every_way_to_name_a_commit_reads_its_files(shared: Scratch, name: str):
    found = States(shared.root).at(name)
    assert found.sound
    assert found.revision is not None
    assert (found.revision.name, found.revision.commit) == (name, shared.git("rev-parse", "v1"))
    assert "A high score" in titles(States(shared.root), name)
    assert "A score that is high" in titles(States(shared.root), "HEAD")


def test_a_commit_gives_what_the_same_files_on_disk_give(shared: Scratch):
    states = States(shared.root)
    on_disk, committed = states.working, states.at("HEAD")
    assert committed.files == on_disk.files
    assert [one.name for one in committed.library.guidelines] == [one.name for one in on_disk.library.guidelines]
    assert committed.diagnostics == on_disk.diagnostics == ()


def test_places_in_a_commit_start_with_its_revision(shared: Scratch):
    (guideline,) = States(shared.root).at("v1").library.guidelines
    assert guideline.path == GUIDELINE
    assert guideline.span.file == f"v1:{GUIDELINE}"


def test_nothing_in_the_repository_changes_when_a_commit_is_read(shared: Scratch):
    def snapshot() -> dict[str, tuple[int, bytes]]:
        files = (one for one in sorted((shared.root / ".git").rglob("*")) if one.is_file())
        return {str(one): (one.stat().st_mtime_ns, one.read_bytes()) for one in files}

    before = snapshot()
    States(shared.root).at("v1")
    assert snapshot() == before


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "the revision has no name"),
        ("...", "the revision has no name"),
        ("--output=stolen", "`--output=stolen` cannot be a revision: it starts with a hyphen"),
        ("-", "`-` cannot be a revision: it starts with a hyphen"),
        ("a\nb", "`a\\nb` cannot be a revision: it holds characters that no name has"),
        ("a\0b", "`a\\u0000b` cannot be a revision: it holds characters that no name has"),
        ("nothing", "there is no revision `nothing`"),
        ("^main", "there is no revision `^main`"),
        ("v1..main", "there is no revision `v1..main`"),
        ("main^{tree}", "there is no revision `main^{tree}`"),
        ("0" * 40, f"there is no revision `{'0' * 40}`"),
        ("nothing...", "there is no revision `nothing`"),
    ],
)
def test_what_is_no_revision_is_told_in_words(shared: Scratch, name: str, message: str):
    with pytest.raises(GitError) as refused:
        States(shared.root).at(name)
    assert refused.value.message == message
    assert sorted(one.name for one in shared.root.iterdir()) == [".git", "guidelines", "vignettes"]


def test_a_misspelt_branch_is_told_with_the_one_that_is_meant(shared: Scratch):
    with pytest.raises(GitError) as refused:
        States(shared.root).at("mian")
    assert refused.value.hint == "did you mean `main`?"
    with pytest.raises(GitError) as refused:
        States(shared.root).at("main:")
    assert refused.value.hint == "write it without the colon"


def test_a_name_of_a_branch_and_a_tag_means_neither(shared: Scratch, tmp_path: Path):
    folder = tmp_path / "clone"
    shared.git("clone", "--quiet", str(shared.root), str(folder))
    Scratch(folder).git("branch", "v1", "HEAD")
    with pytest.raises(GitError, match="`v1` means more than one commit"):
        States(folder).at("v1")
    assert States(folder).at("refs/tags/v1").sound


def test_a_replaced_commit_is_read_as_it_was(shared: Scratch, tmp_path: Path):
    folder = tmp_path / "clone"
    shared.git("clone", "--quiet", str(shared.root), str(folder))
    Scratch(folder).git("replace", "v1", "HEAD")
    assert "A high score" in titles(States(folder), "v1")


def test_a_repository_of_somebody_else_is_told_with_what_git_wants(shared: Scratch, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with pytest.raises(GitError, match="detected dubious ownership") as refused:
        States(shared.root).at("v1")
    assert "safe.directory" in refused.value.hint


def test_three_dots_mean_where_the_branches_parted(shared: Scratch, tmp_path: Path):
    folder = tmp_path / "clone"
    shared.git("clone", "--quiet", str(shared.root), str(folder))
    clone = Scratch(folder)
    clone.git("checkout", "--quiet", "-b", "proposal", "v1")
    clone.write({"guidelines/note.txt": "x"})
    clone.commit()
    found = States(folder).at("main...")
    assert found.revision is not None
    assert (found.revision.shown, found.revision.commit) == ("main...", clone.git("rev-parse", "v1"))


def test_a_shallow_clone_says_what_it_lacks_and_how_to_get_it(shared: Scratch, tmp_path: Path):
    folder = tmp_path / "shallow"
    shared.git("clone", "--quiet", "--depth=1", shared.root.as_uri(), str(folder))
    assert States(folder).at("HEAD").sound
    for name in ("HEAD~1", "v1", "v1..."):
        with pytest.raises(GitError) as refused:
            States(folder).at(name)
        assert "git fetch --unshallow origin" in refused.value.hint


def test_a_bare_clone_is_read_as_well(shared: Scratch, tmp_path: Path):
    folder = tmp_path / "bare.git"
    shared.git("clone", "--quiet", "--bare", str(shared.root), str(folder))
    assert titles(States(folder), "v1") == titles(States(shared.root), "v1")


def test_a_project_in_a_subfolder_is_read_from_that_folder_alone(tmp_path: Path):
    made = scratch(tmp_path / "all")
    shutil.copytree(BASE, made.root / "tools" / "rules")
    made.write({"guidelines/other.yaml": "not: ours\n"})
    made.commit()
    made.git("checkout", "--quiet", "--detach")
    found = States(made.root / "tools" / "rules").at("HEAD")
    assert found.sound
    assert GUIDELINE in found.files
    assert "guidelines/other.yaml" not in found.files
    assert States(made.root / "tools" / "rules").read(found.revision, "missing.toml") is None
    assert States(made.root).read(found.revision, "guidelines/other.yaml") == b"not: ours\n"


def test_a_folder_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match="is not in a git repository"):
        States(tmp_path).at("main")


def test_a_repository_without_a_commit_is_told(tmp_path: Path):
    scratch(tmp_path)
    with pytest.raises(GitError, match="no commit yet"):
        States(tmp_path).at("HEAD")


def test_a_missing_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git is not installed"):
        States(tmp_path).at("main")


@pytest.fixture
def odd(tmp_path: Path) -> Scratch:
    """Return a repository with everything below `guidelines/` that is not an ordinary file with an ordinary name."""
    made = scratch(tmp_path / "odd")
    shutil.copytree(BASE, made.root, dirs_exist_ok=True)
    folder = made.root / "guidelines"
    (folder / "link.yaml").symlink_to("back_pain/sources.yaml")
    (folder / "outside").symlink_to("../..")
    (folder / "inside").symlink_to("back_pain")
    (folder / "ÄÖ ü.yaml").write_text("schema: x\n", "utf-8")
    (folder / "line\nbreak.yaml").write_text("schema: x\n", "utf-8")
    (folder / "bell\a").mkdir()
    (folder / "bell\a" / "a.yaml").write_text("schema: x\n", "utf-8")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "a.yaml").write_text("schema: x\n", "utf-8")
    (folder / "large.yaml").write_bytes(b"# " + b"x" * (4 * 1024 * 1024))
    made.commit()
    made.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},guidelines/module")
    made.git("commit", "--quiet", "--message=a submodule")
    return made


def test_links_submodules_and_names_that_cannot_be_shown_are_told_and_not_read(odd: Scratch):
    found = States(odd.root).at("HEAD")
    told = {(one.span.file.removeprefix("HEAD:guidelines/"), one.code.id, one.message) for one in found.diagnostics}
    assert {one for one in told if one[1] in ("RF002", "RF003", "RF025")} == {
        ("link.yaml", "RF025", "this is a link; links are not followed in a commit"),
        ("outside", "RF025", "this is a link that leads outside the project"),
        ("module", "RF025", "this folder is a submodule, whose files are in another repository"),
        ("line\\u000Abreak.yaml", "RF002", "the name holds characters that cannot be shown"),
        ("bell\\u0007", "RF002", "the name holds characters that cannot be shown"),
        ("large.yaml", "RF003", "the file is larger than 4 MiB"),
    }
    assert "guidelines/ÄÖ ü.yaml" in found.files
    assert not any(".hidden" in path or "inside" in path for path in found.files)


def test_an_object_that_the_repository_lacks_is_told(odd: Scratch):
    name = odd.git("rev-parse", "HEAD:guidelines/ÄÖ ü.yaml")
    (odd.root / ".git" / "objects" / name[:2] / name[2:]).unlink()
    found = States(odd.root).at("HEAD")
    assert "the repository does not have this file" in {one.message for one in found.diagnostics}


def test_two_processes_read_the_same_repository_at_once(shared: Scratch):
    program = "import sys; from pathlib import Path; from redflag_kit.project.states import States; "
    program += "sys.exit(0 if States(Path(sys.argv[1])).at('v1').sound else 1)"
    where = str(Path(__file__).parents[3])
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(shared.root)], env={**settings(), "PYTHONPATH": where})
        for _ in range(2)
    ]
    assert [one.wait() for one in started] == [0, 0]
    assert not list((shared.root / ".git").glob("*.lock"))


def test_settings_of_the_user_change_nothing(shared: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    config = tmp_path / "config"
    config.write_text(
        "[core]\n\tquotepath = on\n\tpager = false\n[alias]\n\tls-tree = nothing\n[log]\n\tshowSignature = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.fspath(config))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert States(shared.root).at("v1").sound


def test_a_hook_that_names_the_repository_is_understood_from_a_subfolder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = scratch(tmp_path / "all")
    shutil.copytree(BASE, made.root / "rules")
    made.commit()
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("GIT_DIR", ".git")
    assert GUIDELINE in States(made.root / "rules").at("HEAD").files
