"""Spoil a project in ways that no text file in `bad/` can show: bytes, links, pipes, sizes, rights."""

import codecs
import os
from pathlib import Path

from tests.cases.bad_projects import GUIDELINE, SOURCES, VIGNETTES, VOCABULARY


def byte_order_mark(project, _patch):
    path = project / GUIDELINE
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())


def utf_16(project, _patch):
    path = project / GUIDELINE
    path.write_text(path.read_text("utf-8"), "utf-16")


def latin_1(project, _patch):
    path = project / VIGNETTES
    path.write_bytes(path.read_text("utf-8").replace("A child", "Ein Säugling").encode("latin-1"))


def zero_bytes(project, _patch):
    (project / GUIDELINE).write_bytes(b"schema: redflag/guideline/1\nid: \0\n")


def large_file(project, _patch):
    with (project / "guidelines/back_pain/clinic/large.yaml").open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)


def alias_bomb(project, _patch):
    lines = ["a0: &a0 [boom, boom, boom, boom, boom, boom, boom, boom, boom, boom]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    (project / "guidelines/back_pain/clinic/bomb.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def definition_bomb(project, _patch):
    path = project / GUIDELINE
    bomb = "".join(f"  bomb_{n}: {{all: [bomb_{n - 1}, {{not: bomb_{n - 1}}}]}}\n" for n in range(1, 40))
    text = path.read_text("utf-8").replace("on_unknown:\n", f"  bomb_0: fever\n{bomb}on_unknown:\n")
    path.write_text(text.replace("when: infection_signs,", "when: bomb_39,"), "utf-8")


def derived_bomb(project, _patch):
    path = project / VOCABULARY
    line = "{{version: 1.0.0, title: a bomb, when: {{all: [bomb_{0}, bomb_{0}]}}}}"
    bomb = "".join(f"  bomb_{n}: {line.format(n - 1)}\n" for n in range(1, 40))
    first = "  bomb_0: {version: 1.0.0, title: a bomb, when: fever}\n"
    text = path.read_text("utf-8").replace("constraints:\n", f"{first}{bomb}constraints:\n")
    path.write_text(text.replace("then: fever}", "then: bomb_39}"), "utf-8")


def definition_chain(project, _patch):
    path = project / GUIDELINE
    chain = "".join(f"  link_{n}: {{not: link_{n - 1}}}\n" for n in range(2000, 0, -1))
    text = path.read_text("utf-8").replace("on_unknown:\n", f"  link_0: fever\n{chain}on_unknown:\n")
    path.write_text(text.replace("when: infection_signs,", "when: link_2000,"), "utf-8")


def deep_nesting(project, _patch):
    path = project / GUIDELINE
    deep = "{not: " * 60 + "fever" + "}" * 60
    path.write_text(path.read_text("utf-8").replace("when: {injury: major}", f"when: {deep}"), "utf-8")


def too_many_faults(project, _patch):
    path = project / GUIDELINE
    many = "".join(f"  wrong_{n}: fevre_{n}\n" for n in range(5000))
    path.write_text(path.read_text("utf-8").replace("on_unknown:\n", f"{many}on_unknown:\n"), "utf-8")


def too_many_wrong_keys(project, _patch):
    path = project / GUIDELINE
    many = "".join(f"wrong_{n}: 1\n" for n in range(5000))
    path.write_text(path.read_text("utf-8") + many, "utf-8")


def long_test(project, _patch):
    path = project / GUIDELINE
    dots = "." * 1_000_000  # the patterns of tests would look at every pair of them
    path.write_text(path.read_text("utf-8").replace("below long_pain", f'"[{dots}x"'), "utf-8")


def long_amount(project, _patch):
    path = project / GUIDELINE
    path.write_text(path.read_text("utf-8").replace("value: 42 d", f'value: "{"4" * 1_000_000}x"'), "utf-8")


def many_definitions(project, _patch):
    path = project / GUIDELINE
    many = "".join(f"  later_{n}: {{all: [fever, later_{n + 1}]}}\n" for n in range(90))
    unused = "".join(f"  unused_{n}: fever\n" for n in range(1000))
    text = path.read_text("utf-8").replace("on_unknown:\n", f"{many}  later_90: fever\n{unused}on_unknown:\n")
    path.write_text(text, "utf-8")


def long_id(project, _patch):
    path = project / GUIDELINE
    path.write_text(path.read_text("utf-8").replace("id: X-MAJOR", f"id: {'X' * 10_000}"), "utf-8")


def long_finding(project, _patch):
    path = project / GUIDELINE
    path.write_text(path.read_text("utf-8").replace("{injury: major}", f"{{? {'x' * 10_000} : major}}"), "utf-8")


def right_to_left(project, _patch):
    path = project / GUIDELINE
    path.write_text(path.read_text("utf-8").replace("title: A high score", "title: A \u202ehigh score"), "utf-8")


def link_to_file(project, _patch):
    outside = project.parent / "outside.yaml"
    outside.write_text("schema: redflag/guideline/1\n", "utf-8")
    (project / "guidelines/back_pain/clinic/linked.yaml").symlink_to(outside)


def link_to_folder(project, _patch):
    outside = project.parent / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("schema: redflag/guideline/1\n", "utf-8")
    (project / "guidelines/back_pain/linked").symlink_to(outside, target_is_directory=True)


def link_to_guidelines(project, _patch):
    (project / "guidelines").rename(project.parent / "elsewhere")
    (project / "guidelines").symlink_to(project.parent / "elsewhere", target_is_directory=True)


def link_to_nowhere(project, _patch):
    (project / "guidelines/back_pain/clinic/gone.yaml").symlink_to("moved_away.yaml")


def link_to_itself(project, _patch):
    (project / "guidelines/back_pain/clinic/round.yaml").symlink_to("round.yaml")


def named_pipe(project, _patch):
    os.mkfifo(project / "guidelines/back_pain/clinic/pipe.yaml")


def unreadable_file(project, patch):
    _deny(patch, "open", project / SOURCES)


def unreadable_folder(project, patch):
    walk = os.scandir

    def scandir(path="."):
        if Path(path) == project / "guidelines/back_pain/clinic":
            raise PermissionError(13, "Permission denied", str(path))
        return walk(path)

    patch.setattr(os, "scandir", scandir)


def _deny(patch, method, refused):
    granted = getattr(Path, method)

    def guarded(path, *arguments, **options):
        if path == refused:
            raise PermissionError(13, "Permission denied", str(path))
        return granted(path, *arguments, **options)

    patch.setattr(Path, method, guarded)


def strange_names(project, _patch):
    folder = project / "guidelines/back_pain/clinic"
    for name in ("new\nline.yaml", "right\u202eto left.yaml"):
        (folder / name).write_text("schema: redflag/guideline/1\nid: [\n", "utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/latin-\xe4.yaml")).write_text("id: [\n", "utf-8")


MAKERS = {
    name.replace("_", "-"): maker
    for name, maker in list(globals().items())
    if callable(maker) and getattr(maker, "__module__", "") == __name__ and not name.startswith("_")
}
