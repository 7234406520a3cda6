#!/usr/bin/env python3
"""Kills miniature commands at random moments, and lets several run at once in one folder.

    kills.py PROGRAMS [--rounds N] [--trials A,B] [--seed N]

A round takes the next trial in turn. Alone, the command is killed (SIGKILL) up to three times and then run to its end; at
once, eight processes run it in one folder, any of them is killed and others come, until one has ended well. Either way the
result is that of the calm run, no process is left, and a question to a language model that was answered and recorded is not
asked (paid for) again. Exit code 1 where something was wrong.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import signal
import sys
import tempfile
import time

import trials

AT_ONCE = 8
ALONE = ["train", "search", "paid", "fetch", "bench", "reproduce"]
TOGETHER = ["train", "search", "paid", "reproduce"]
BUSY = " there; wait until it has ended"


def processes_of(session):
    """Ids of the living processes of a session."""
    found = []
    for folder in pathlib.Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] not in "ZX":
            found.append(int(folder.name))
    return found


def left_behind(session):
    """What still runs ten seconds after its parent was killed; it is ended."""
    for _ in range(100):
        found = processes_of(session)
        if not found:
            return []
        time.sleep(0.1)
    for process in found:
        os.kill(process, signal.SIGKILL)
    return found


def lines_of(file):
    """The whole lines of a JSONL file."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_bytes().split(b"\n")[:-1] if line]


def messages_of(asked):
    return json.dumps(json.loads(asked)["messages"], sort_keys=True)


class Payments:
    """What a server was asked, against what the folder says."""

    def __init__(self, runner):
        self.runner, self.recorded = runner, collections.Counter()
        self.before = 0

    def note(self):
        """Called between two processes: what is recorded now need not be asked again."""
        if self.runner.server is None or self.runner.trial.name != "paid":
            return
        self.recorded = collections.Counter(json.dumps(line["request"]["messages"], sort_keys=True)
                                            for line in lines_of(self.runner.work / "search/exchanges.jsonl")
                                            if "failure" not in line)
        self.before = len(self.runner.server.asked)

    def wrong(self):
        if self.runner.server is None or self.runner.trial.name != "paid":
            return ""
        asked = self.runner.server.asked
        calm = collections.Counter(map(messages_of, self.runner.calm_calls))
        later = collections.Counter(map(messages_of, asked[self.before:]))
        twice = [one for one in later if self.recorded[one] + later[one] > calm[one]]
        if twice:
            return f"{len(twice)} recorded questions were asked again"
        ledger = collections.Counter(line["outcome"] for line in lines_of(self.runner.work / "search/ledger.jsonl"))
        if len(asked) > ledger["asked"] - ledger["recorded"]:
            return f"{len(asked)} questions were asked, the ledger has {ledger}"
        return ""


def alone(runner, draw):
    """Returns the kills, and what is wrong."""
    runner.fresh()
    payments, kills = Payments(runner), 0
    for _ in range(draw.randint(1, 3)):
        process = runner.start(runner.work)
        try:
            process.wait(draw.uniform(0, 1.1 * runner.calm_seconds))
        except trials.TimeoutExpired:
            process.kill()
            kills += 1
        process.communicate()
        left = left_behind(process.pid)
        if left:
            return kills, f"{len(left)} processes ran on after the kill"
        payments.note()
    code, errors = runner.finish(runner.start(runner.work))
    if code != 0:
        return kills, f"afterwards: exit code {code}: {errors.splitlines()[-3:]}"
    return kills, runner.result() or payments.wrong()


def together(runner, draw):
    runner.fresh()
    running, kills, ended = [], 0, False
    deadline = time.monotonic() + 60 + 60 * runner.calm_seconds
    while not ended or running:
        if time.monotonic() > deadline:
            for process in running:
                process.kill()
            return kills, "did not end"
        while not ended and len(running) < AT_ONCE:
            running.append(runner.start(runner.work))
        time.sleep(draw.uniform(0, runner.calm_seconds / 2))
        if not ended and draw.random() < 0.5:
            draw.choice(running).kill()
        for process in [one for one in running if one.poll() is not None]:
            running.remove(process)
            code, errors = runner.finish(process)
            kills += code == 128 + signal.SIGKILL
            ended |= code == 0
            if code not in (0, 128 + signal.SIGKILL) and BUSY not in errors:
                return kills, f"exit code {code}: {errors.splitlines()[-3:]}"
            if left_behind(process.pid):
                return kills, "processes ran on after the kill"
    code, errors = runner.finish(runner.start(runner.work))
    if code != 0 or "epoch 1/" in errors:
        return kills, f"once more: exit code {code}: {errors.splitlines()[-3:]}"
    return kills, runner.result()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=14)
    parser.add_argument("--trials")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sources = pathlib.Path(__file__).resolve().parents[2]
    asked = options.trials.split(",") if options.trials else None
    known = {one.name: one for one in trials.trials(sources, slow=True)}
    plan = [(way, name) for way, names in ((alone, ALONE), (together, TOGETHER)) for name in names
            if asked is None or name in asked]
    draw, kills, wrongs, runners = random.Random(options.seed), 0, 0, {}
    counts = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="flnas-kills-") as root:
        for number in range(options.rounds):
            way, name = plan[number % len(plan)]
            if name not in runners:
                runners[name] = trials.Runner(known[name], options.programs, pathlib.Path(root))
            killed, wrong = way(runners[name], draw)
            kills += killed
            counts[f"{name} {way.__name__}"] += 1
            if wrong:
                wrongs += 1
                print(f"round {number} ({name}, {way.__name__}): {wrong}", flush=True)
        for runner in runners.values():
            runner.close()
    print(f"{options.rounds} rounds ({', '.join(f'{what} {n}' for what, n in counts.items())}), {kills} kills, {wrongs} wrong")
    return 1 if wrongs or (kills == 0 and options.rounds >= len(plan)) else 0


if __name__ == "__main__":
    sys.exit(main())
