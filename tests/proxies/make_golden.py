#!/usr/bin/env python3
"""Writes golden/cells.json: proxies of NAS-Bench-201 cells by PyTorch's modules and hooks (tests/benchmarks/proxies.py).

    /usr/bin/python3 tests/proxies/make_golden.py

Needs torch. Parameters by name in alphabetic order (p, from 0) have values by formula: element n of a weight with fan-in f
is 1.5 / sqrt(f) * sin(0.37 n + p), of a norm's weight 1 + 0.1 sin(n + p), of any other 0.1 cos(n + p). Element n of the
six images is sin(0.011 n) + cos(0.7 n^2 / 1000); image i has label i mod 4. zen, which draws its weights, is left out.
"""
import json
import math
import pathlib
import sys

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))
import proxies  # noqa: E402

BATCH, CLASSES, SIZE = 6, 10, 16
CELLS = [
    "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
    "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|avg_pool_3x3~2|",
    "|none~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_1x1~2|",
]


@torch.no_grad()
def fill(net):
    names = sorted(name for name, _ in net.named_parameters())
    parameters = dict(net.named_parameters())
    for p, name in enumerate(names):
        value = parameters[name]
        n = torch.arange(value.numel(), dtype=torch.float64)
        if value.dim() > 1:
            filled = 1.5 / math.sqrt(value[0].numel()) * torch.sin(0.37 * n + p)
        elif name.endswith("weight"):
            filled = 1 + 0.1 * torch.sin(n + p)
        else:
            filled = 0.1 * torch.cos(n + p)
        value.copy_(filled.reshape(value.shape))


def main():
    n = torch.arange(BATCH * 3 * SIZE * SIZE, dtype=torch.float64)
    images = (torch.sin(0.011 * n) + torch.cos(0.7 * n * n / 1000)).reshape(BATCH, 3, SIZE, SIZE).float()
    labels = torch.arange(BATCH) % 4
    rows = []
    for cell in CELLS:
        net = proxies.Network(cell, CLASSES)
        fill(net)
        values = {name: proxies.compute(name, net, images, labels) for name in proxies.NAMES if name != "zen"}
        rows.append({"cell": cell, "proxies": {name: float(f"{value:.9g}") for name, value in values.items()}})
    lines = ",\n".join("  " + json.dumps(row) for row in rows)
    (ROOT / "tests" / "proxies" / "golden" / "cells.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
