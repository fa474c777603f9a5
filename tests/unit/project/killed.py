"""Run commands in forked processes and kill them with SIGKILL: at every step that touches a folder, or at any moment.

Started as a program of its own, so that it has one thread and can fork. Usage: killed.py FOLDER RESULT MODEL; what it
found stands in FOLDER/found.json.
"""

import json
import os
import shutil
import signal
import sys
import time
from itertools import count
from pathlib import Path
from unittest import mock

from redflag_kit.__main__ import main
from redflag_kit.project import write
from redflag_kit.project.root import project_files

STEPS = ("open", "os.chmod", "os.listdir", "os.scandir", "os.rename", "os.link", "os.remove", "os.mkdir")
"""Audit events raised right before the file system is changed or looked at; the next one stands right after."""


def forked(work):
    """Run work in a process of its own and say whether it was killed."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        work()
        os._exit(0)
    return child


def was_killed(child):
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def kill_at(step, folder):
    """Kill this process right before the step of that number that touches the folder."""
    left = iter(range(step - 1))

    def watch(event, arguments):
        if event in STEPS and any(str(folder) in str(one) for one in arguments) and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def half_written():
    """Kill this process when half of a text is on the disk."""

    open_whole = os.fdopen

    def open_half(handle, *arguments, **named):
        file = open_whole(handle, *arguments, **named)
        whole = file.write

        def write_half(text):
            whole(text[: len(text) // 2])
            file.flush()
            os.kill(os.getpid(), signal.SIGKILL)

        file.write = write_half
        return file

    mock.patch.object(os, "fdopen", open_half).start()


def contents(folder):
    return {one.relative_to(folder).as_posix(): one.read_text("utf-8") for one in folder.rglob("*") if one.is_file()}


def at_every_step(folder, prepare, work):
    """Return what stands in the folder after a kill at each step, and after a run that nobody kills."""
    states, was = [], True
    for step in count():
        if not was:
            break
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        prepare(folder)

        def killed(step=step):
            if step:
                kill_at(step, folder)
            else:
                half_written()
            work(folder)

        was = was_killed(forked(killed))
        states.append(contents(folder))
    return states


def at_any_moment(folder, texts):
    """Return every state of one file that two writers leave, one of which is killed at some moment, forty times."""
    path = folder / "report.txt"
    write.write_atomically(path, texts[0])
    seen = set()
    for number in range(40):

        def writing(number=number):
            for turn in count(number):
                write.write_atomically(path, texts[turn % 2])

        children = [forked(writing), forked(writing)]
        time.sleep(0.003 + number % 7 * 0.001)
        os.kill(children[0], signal.SIGKILL)
        was_killed(children[0])
        seen.add(path.read_text("utf-8"))
        os.kill(children[1], signal.SIGKILL)
        was_killed(children[1])
        seen.add(path.read_text("utf-8"))
    return sorted(seen)


def start(folder, saved, model):
    report = ("report", str(saved), "--quiet")

    def old(name):
        return lambda place: (place / name).write_text("old\n", "utf-8")

    def run(*arguments):
        return lambda place: main([one.format(place=place) for one in (*report, *arguments)])

    def imported(place):
        main(["import", str(model), "--from", "dmn", "-o", str(place)])

    def record(place):
        write.write_new(place / "guidelines" / "approvals" / "a.yaml", "record\n" * 5_000)

    warm = folder / "warm"
    warm.mkdir()
    for work in (run("--report", "json={place}/r.json", "--report", "html={place}/r.html"), imported):
        work(warm)  # what is loaded now need not be loaded in every process
    trials = {
        "json": at_every_step(folder / "out", old("r.json"), run("--report", "json={place}/r.json")),
        "html": at_every_step(folder / "out", lambda _: None, run("--report", "html={place}/r.html")),
        "appended": at_every_step(folder / "out", old("s.md"), run("--report", "markdown+={place}/s.md")),
        "import": at_every_step(folder / "out", lambda _: None, imported),
        "record": at_every_step(folder / "out", lambda _: None, record),
    }
    leftovers = [name for states in trials.values() for state in states for name in state if "/." in f"/{name}"]
    loaded = []
    for name in leftovers:
        place = folder / "loaded" / "guidelines" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("half a f", "utf-8")
        loaded += [str(one) for one in project_files(folder / "loaded")[0]]
    texts = ["a" * 200_000, "b" * 300_000]
    shutil.rmtree(folder / "out")
    (folder / "out").mkdir()
    seen = [texts.index(one) if one in texts else -1 for one in at_any_moment(folder / "out", texts)]
    found = {"trials": trials, "leftovers": leftovers, "loaded": loaded, "seen": seen}
    (folder / "found.json").write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    start(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
