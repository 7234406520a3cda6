#!/usr/bin/env python3
"""Fails every write of miniature commands in turn (tests/faults/faults.c) and looks at what they leave.

    faults.py LIBRARY PROGRAMS [--trials A,B] [--kinds A,B] [--sites] [--seconds N] [--seed N] [--only N]

For N = 1, 2, ... the Nth operation of a command on files below its folder fails, to the last that it has. After
each, either the command succeeded and the result is that of the calm run, or it ended with one line that names a file and
the reason, what was there before is intact, nothing temporary is left, and the same command without a fault ends with
the calm run's result. Kind KILL ends the program there instead. --sites takes the first of the operations of a kind on
each file alone (writes of one file fail alike); --seconds N ends after about that time, having drawn by --seed from all
of them; --only N fails the Nth alone. Exit code 1 where something was wrong.
"""

import argparse
import collections
import errno
import os
import pathlib
import random
import re
import struct
import sys
import tempfile
import time

import trials

REASONS = {"ENOSPC": errno.ENOSPC, "short": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
KINDS = [*REASONS, "KILL"]
STATE_BYTES = 4096


def operations_of(runner, library):
    """What a run without a fault does, in its order: [(kinds of faults that it can meet, operation and file)]."""
    runner.fresh()
    log = runner.root / "log"
    log.unlink(missing_ok=True)
    State(runner.root / "state")
    runner.must(runner.finish(runner.start(runner.work, environment(runner, library, "EIO", 0))), runner.trial.command)
    lines = log.read_text().splitlines() if log.exists() else []
    return [(kinds.split(","), operation.replace(str(runner.work), ""))
            for kinds, operation in (line.split(" ", 1) for line in lines)]


def site_of(operation):
    """The operation with its file, processes' ids and images' numbers left out."""
    return re.sub(r"\d{3,}", "N", operation)


def environment(runner, library, kind, number):
    return {"LD_PRELOAD": str(library), "FAULTS_UNDER": str(runner.work), "FAULTS_STATE": str(runner.root / "state"),
            "FAULTS_LOG": str(runner.root / "log"), "FAULTS_AT": str(number), "FAULTS_KIND": kind}


class State:
    """What the library and this program share."""

    def __init__(self, file):
        self.file = file
        file.write_bytes(b"\0" * STATE_BYTES)

    def read(self):
        """Operations so far, those that failed, and what the first of these was."""
        data = self.file.read_bytes()
        return *struct.unpack("=qq", data[:16]), data[16:].split(b"\0")[0].decode("utf-8", "replace")


def shown_name(path):
    """Of the temporary file of write_file, the file that it becomes."""
    match = re.match(r"^\.(.+)\.\d+\.tmp$", pathlib.Path(path).name)
    return match.group(1) if match else pathlib.Path(path).name


def wrong_message(code, errors, kind, first):
    """What is wrong about how a command told of its fault; blank where nothing is."""
    if code not in (1, 2, 3):
        return f"exit code {code}"
    said = [line for line in errors.splitlines() if re.search(r"(^|\s)error: ", line)]
    if not said:
        return "no line that begins with 'error: '"
    reason = os.strerror(REASONS[kind])
    if not any(reason in line for line in said):
        return f"no error says '{reason}': {said}"
    path = first.split(" ", 1)[1]
    names = {shown_name(path), pathlib.Path(path).parent.name}
    if not any(name in line for line in said for name in names):
        return f"no error names {names}: {said}"
    return ""


def lost_files(runner):
    """What was there before the command and is not any more, or is torn."""
    for name in sorted(trials.files_of(runner.base)):
        if trials.VOLATILE_FILES.search(name):
            continue
        file = runner.work / name
        if not file.exists():
            return f"{name} is lost"
        if file.read_bytes() == (runner.base / name).read_bytes():
            continue
        now = trials.content(file)
        if now != trials.content(runner.base / name) and now != trials.content(runner.calm / name):
            return f"{name} is neither what it was nor what it is to become"
    return ""


def one_fault(runner, library, kind, number):
    """What is wrong after the fault (blank: nothing), what it was (blank: there was none any more), and whether the
    command absorbed it."""
    runner.fresh()
    state = State(runner.root / "state")
    code, errors = runner.finish(runner.start(runner.work, environment(runner, library, kind, number)))
    operations, _, first = state.read()
    if operations < number:
        return "", "", False
    what = first.replace(str(runner.work) + "/", "")
    if kind != "KILL":
        if code == 0:
            return runner.result(), what, True
        wrong = wrong_message(code, errors, kind, first)
        if wrong:
            return wrong + "\n    " + "\n    ".join(errors.splitlines()[-4:]), what, False
        left = [file.name for file in runner.work.rglob("*") if trials.TEMPORARY.match(file.name)]
        # Where it is the removal itself that fails, it stays.
        if left and not re.match(r"(unlink|remove|unlinkat) ", first):
            return f"left {left}", what, False
    wrong = lost_files(runner)
    if wrong:
        return wrong, what, False
    code, errors = runner.finish(runner.start(runner.work))
    if code != 0:
        return f"without the fault: exit code {code}: {errors.splitlines()[-1:]}", what, False
    return runner.result(), what, False


def planned(runner, library, kinds, sites):
    """All (kind, number) of the trial."""
    plan, operations = [], operations_of(runner, library)
    for kind in kinds:
        seen = set()
        mine = [operation for met, operation in operations if kind in met]
        for number, operation in enumerate(mine, 1):
            site = site_of(operation)
            if not sites or site not in seen:
                plan.append((kind, number))
            seen.add(site)
    return plan


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=pathlib.Path)
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--trials")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--sites", action="store_true")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    library, kinds = options.library.resolve(), options.kinds.split(",")
    sources = pathlib.Path(__file__).resolve().parents[2]
    chosen = [one for one in trials.trials(sources) if options.trials is None or one.name in options.trials.split(",")]
    faults, absorbed, wrongs = 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="flnas-faults-") as root:
        for trial in chosen:
            begin = time.monotonic()
            runner = trials.Runner(trial, options.programs, pathlib.Path(root))
            plan, counts = planned(runner, library, kinds, options.sites), collections.Counter()
            possible = len(plan)
            if options.only:
                plan = [(kind, options.only) for kind in kinds]
            if options.seconds:
                random.Random(options.seed).shuffle(plan)
            for kind, number in plan:
                if options.seconds and time.monotonic() - begin > options.seconds / len(chosen):
                    break
                wrong, what, survived = one_fault(runner, library, kind, number)
                if not what:
                    continue  # other threads, another order: there was no such operation this time
                counts[kind] += 1
                absorbed += survived
                if wrong:
                    wrongs += 1
                    print(f"{trial.name}: {kind} at {number} ({what}): {wrong}", flush=True)
            runner.close()
            faults += sum(counts.values())
            print(f"{trial.name}: {sum(counts.values())} of {possible} faults"
                  f" ({', '.join(f'{kind} {n}' for kind, n in counts.items())})", flush=True)
    print(f"{faults} faults, {absorbed} of them without effect, {wrongs} wrong")
    return 1 if wrongs or faults == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
