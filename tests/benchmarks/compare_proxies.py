#!/usr/bin/env python3
"""Zero-cost proxies of NAS-Bench-201 cells, C++ against Python with the same libtorch and one thread, in turn: prints
milliseconds per architecture at batch 64 and ratios. A ratio above 1: C++ is faster.
"""
import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CELLS = {
    0: "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
    1: "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|",
}


def cpp(program, cell):
    command = [program, f"--benchmark_filter=^cell:{cell}/", "--benchmark_format=json"]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {row["name"].split("/")[1]: row["median_ms"] for row in json.loads(out)["benchmarks"]}


def python(interpreter, cell):
    command = [interpreter, str(HERE / "proxies.py"), CELLS[cell], "--batch", "64", "--threads", "1"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["milliseconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="proxies_bench")
    parser.add_argument("--python", default="/usr/bin/python3", help="an interpreter with the same libtorch's torch")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if subprocess.run([options.python, "-c", "import torch"], capture_output=True).returncode != 0:
        sys.exit(f"{options.python} has no torch: on Debian, apt-get install python3-torch; or give --python")
    print("| cell | proxy | C++ ms | Python ms | ratio |")
    print("|--:|:--|--:|--:|--:|")
    for cell in CELLS:
        rounds = [(cpp(options.program, cell), python(options.python, cell)) for _ in range(options.rounds)]
        for name in rounds[0][1]:
            ours, theirs = (statistics.median(side[name] for side in column) for column in zip(*rounds))
            ratio = statistics.median(b[name] / a[name] for a, b in rounds)
            print(f"| {cell} | {name} | {ours:.1f} | {theirs:.1f} | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
