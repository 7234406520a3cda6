#!/usr/bin/env python3
"""Training steps, C++ against Python with the same libtorch, in turn and in one run: prints medians and ratios.

`tuned` Python has the same memory format and malloc settings as the C++ program; `default` is as a user would run it.
A ratio above 1: C++ is faster.
"""
import argparse
import json
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="train_step_bench")
    parser.add_argument("--python", default="/usr/bin/python3", help="an interpreter with the same libtorch's torch")
    parser.add_argument("--rounds", type=int, default=5)
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
        rounds = [(cpp(options.program, name), python(options.python, name, True, threads),
                   python(options.python, name, False, threads)) for _ in range(options.rounds)]
        ours, tuned, default = (statistics.median(column) for column in zip(*rounds))
        tuned_ratio = statistics.median(r[1] / r[0] for r in rounds)
        default_ratio = statistics.median(r[2] / r[0] for r in rounds)
        print(f"| {name} | {ours:.1f} | {tuned:.1f} | {tuned_ratio:.2f} | {default:.1f} | {default_ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
