#!/usr/bin/env python3
"""Training steps, C++ against Python with the same libtorch: prints medians and ratios. Leave the machine alone.

`tuned` Python has the same memory format and malloc settings as the C++ program and frees gradients as that does;
`default` is as a user would run it. A ratio above 1: C++ is faster.

A round starts the three programs and has them take bursts of steps in turn, so that what else slows the machine down
meets all of them. A round's ratio is the median of its bursts' ratios; what is printed is the median of the rounds'
ratios with the sign test's 95 % interval: of nine rounds, from the second smallest to the second largest.
"""
import argparse
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TUNED = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(2**62)}
BURST_MS = 250  # or one step, where that takes longer


class Side:
    """A program that takes steps when asked."""

    def __init__(self, command, settings):
        self.program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **settings})
        self.answer()  # "ready"

    def answer(self):
        line = self.program.stdout.readline().strip()
        if not line:
            sys.exit(f"ended without an answer: {' '.join(self.program.args)}")
        return line

    def milliseconds(self, steps):
        self.program.stdin.write(f"{steps}\n")
        self.program.stdin.flush()
        return float(self.answer())

    def close(self):
        self.program.stdin.close()
        self.program.wait()


def round_of(commands, seconds):
    """{side: milliseconds a step, burst by burst}; every second time in reverse, so that none is always first."""
    sides = {name: Side(*command) for name, command in commands.items()}
    steps = max(1, round(BURST_MS / max(side.milliseconds(1) for side in sides.values())))
    taken, spent = {name: [] for name in sides}, 0
    while spent < 1e3 * seconds or len(taken["C++"]) < 6:
        for name in reversed(sides) if len(taken["C++"]) % 2 else sides:
            taken[name].append(sides[name].milliseconds(steps))
            spent += steps * taken[name][-1]
    for side in sides.values():
        side.close()
    return taken


def median_interval(values):
    """(median, low, high): the narrowest interval of order statistics that covers it with 95 %; of few values, all."""
    ordered = sorted(values)
    n, left_out, missed = len(ordered), 0, 2 * 0.5 ** len(ordered)
    while missed + 2 * math.comb(n, left_out + 1) * 0.5**n <= 0.05:
        left_out += 1
        missed += 2 * math.comb(n, left_out) * 0.5**n
    return statistics.median(ordered), ordered[left_out], ordered[n - 1 - left_out]


def row(name, rounds):
    cells = [name, f"{statistics.median(ms for taken in rounds for ms in taken['C++']):.1f}"]
    for other in ("tuned", "default"):
        ratios = [statistics.median(b / a for a, b in zip(taken["C++"], taken[other])) for taken in rounds]
        ratio, low, high = median_interval(ratios)
        milliseconds = statistics.median(ms for taken in rounds for ms in taken[other])
        cells += [f"{milliseconds:.1f}", f"{ratio:.2f} [{low:.2f}, {high:.2f}]"]
    return f"| {' | '.join(cells)} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="train_step_bench")
    parser.add_argument("--python", default="/usr/bin/python3", help="an interpreter with the same libtorch's torch")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=6,
                        help="of steps in a round; each side takes six bursts at least")
    parser.add_argument("--filter", default="", help="only names that contain this")
    options = parser.parse_args()
    if subprocess.run([options.python, "-c", "import torch"], capture_output=True).returncode != 0:
        sys.exit(f"{options.python} has no torch: on Debian, apt-get install python3-torch; or give --python")
    listed = subprocess.run([options.program, "--benchmark_list_tests"], check=True, capture_output=True, text=True)
    names = [line.replace("/min_time:1.000", "").replace("/real_time", "") for line in listed.stdout.split()]
    print("| training step | C++ ms | Python tuned ms | ratio | Python default ms | ratio |")
    print("|:--|--:|--:|--:|--:|--:|")
    for name in names:
        if options.filter not in name:
            continue
        python = [options.python, str(HERE / "train_step.py"), name, "--threads", str(os.cpu_count())]
        commands = {"C++": ([options.program, f"--in_turn={name}"], {}), "tuned": (python + ["--tuned"], TUNED),
                    "default": (python, {})}
        print(row(name, [round_of(commands, options.seconds) for _ in range(options.rounds)]), flush=True)


if __name__ == "__main__":
    main()
