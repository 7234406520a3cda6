#!/usr/bin/env python3
"""Training steps, C++ against Python with the same libtorch, in turn and in one run: prints medians and ratios.

`tuned` Python has the same memory format and malloc settings as the C++ program and frees gradients as that does;
`default` is as a user would run it. A ratio above 1: C++ is faster. It is the median of the rounds' ratios, and its
interval is the sign test's: from the second smallest to the second largest of nine rounds for 95 %.
"""
import argparse
import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TUNED = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(2**62)}


def cpp(program, name):
    command = [program, f"--benchmark_filter=^{name}", "--benchmark_format=json"]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(out)["benchmarks"][0]["median_ms"]


def python(interpreter, name, tuned, threads):
    command = [interpreter, str(HERE / "train_step.py"), name, "--threads", str(threads)] + (["--tuned"] if tuned else [])
    environment = {**os.environ, **(TUNED if tuned else {})}
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
    return result[name]


def median_interval(values):
    """The narrowest interval between order statistics that covers the median with 95 %; all of the values where none does."""
    ordered = sorted(values)
    n, left_out, missed = len(ordered), 0, 2 * 0.5 ** len(ordered)
    while missed + 2 * math.comb(n, left_out + 1) * 0.5**n <= 0.05:
        left_out += 1
        missed += 2 * math.comb(n, left_out) * 0.5**n
    return statistics.median(ordered), ordered[left_out], ordered[n - 1 - left_out]


def in_turn(sides, rounds):
    """Each side's milliseconds, round by round; every second round in the reverse order, so that no side is always first."""
    taken = [[] for _ in sides]
    for r in range(rounds):
        order = list(enumerate(sides))
        for i, side in reversed(order) if r % 2 else order:
            taken[i].append(side())
    return taken


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="train_step_bench")
    parser.add_argument("--python", default="/usr/bin/python3", help="an interpreter with the same libtorch's torch")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--filter", default="", help="only names that contain this")
    options = parser.parse_args()
    if subprocess.run([options.python, "-c", "import torch"], capture_output=True).returncode != 0:
        sys.exit(f"{options.python} has no torch: on Debian, apt-get install python3-torch; or give --python")
    names = subprocess.run([options.program, "--benchmark_list_tests"], check=True, capture_output=True, text=True).stdout
    threads = os.cpu_count()
    print("| training step | C++ ms | Python tuned ms | ratio | Python default ms | ratio |")
    print("|:--|--:|--:|--:|--:|--:|")
    for line in names.split():
        name = line.replace("/min_time:1.000", "").replace("/real_time", "")
        if options.filter not in name:
            continue
        ours, tuned, default = in_turn([lambda: cpp(options.program, name),
                                        lambda: python(options.python, name, True, threads),
                                        lambda: python(options.python, name, False, threads)], options.rounds)
        cells = [f"{statistics.median(ours):.1f}"]
        for theirs in (tuned, default):
            ratio, low, high = median_interval([t / o for t, o in zip(theirs, ours)])
            cells += [f"{statistics.median(theirs):.1f}", f"{ratio:.2f} [{low:.2f}, {high:.2f}]"]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
