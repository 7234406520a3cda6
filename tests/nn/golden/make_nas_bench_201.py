#!/usr/bin/python3
"""Writes nas_bench_201.json: logits of NAS-Bench-201 networks, from their description in PyTorch's own operations.

    python3 tests/nn/golden/make_nas_bench_201.py

Needs torch. Parameters, by name in alphabetic order (p, from 0), and the image have values by formula, so that a test can set
the same: element n of a weight with fan-in f is 1.5 / sqrt(f) * sin(0.37 n + p), of a norm's weight 1 + 0.1 sin(n + p),
of any other 0.1 cos(n + p); element n of the two images is 0.5 + 0.5 sin(0.011 n).
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)  # in single precision the digits depend on the processor
HERE = pathlib.Path(__file__).parent
CLASSES, SIZE = 10, 16
CELLS = [
    "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
    "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|avg_pool_3x3~2|",
    "|none~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_1x1~2|",
    "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
]
KERNEL = {"nor_conv_1x1": 1, "nor_conv_3x3": 3}


def shapes(cell):
    """Name -> shape of every parameter of the authors' network."""
    out = {"stem.0.weight": (16, 3, 3, 3), "stem.1.weight": (16,), "stem.1.bias": (16,)}

    def conv(prefix, into, outof, kernel):
        out[f"{prefix}.1.weight"] = (outof, into, kernel, kernel)
        out[f"{prefix}.2.weight"] = out[f"{prefix}.2.bias"] = (outof,)

    layer, channels = 0, 16
    for stage in range(3):
        if stage:
            conv(f"cells.{layer}.conv_a.op", channels, 2 * channels, 3)
            conv(f"cells.{layer}.conv_b.op", 2 * channels, 2 * channels, 3)
            out[f"cells.{layer}.downsample.1.weight"] = (2 * channels, channels, 1, 1)
            layer, channels = layer + 1, 2 * channels
        for _ in range(5):
            for i, (operation, _, _) in enumerate(cell):
                if operation in KERNEL:
                    conv(f"cells.{layer}.layers.{i}.op", channels, channels, KERNEL[operation])
            layer += 1
    out["lastact.0.weight"] = out["lastact.0.bias"] = (64,)
    out["classifier.weight"], out["classifier.bias"] = (CLASSES, 64), (CLASSES,)
    return out


def fill(shape, p, norm):
    n = torch.arange(math.prod(shape), dtype=torch.float64)
    if len(shape) > 1:
        values = 1.5 / math.sqrt(math.prod(shape[1:])) * torch.sin(0.37 * n + p)
    else:
        values = 1 + 0.1 * torch.sin(n + p) if norm else 0.1 * torch.cos(n + p)
    return values.reshape(shape)


def norm(x, w, prefix):
    return F.batch_norm(x, torch.zeros(x.shape[1]), torch.ones(x.shape[1]), w[f"{prefix}.weight"], w[f"{prefix}.bias"])


def relu_conv_norm(x, w, prefix, stride=1):
    weight = w[f"{prefix}.1.weight"]
    return norm(F.conv2d(F.relu(x), weight, stride=stride, padding=weight.shape[2] // 2), w, f"{prefix}.2")


def forward(cell, w, x):
    x = norm(F.conv2d(x, w["stem.0.weight"], padding=1), w, "stem.1")
    layer = 0
    for stage in range(3):
        if stage:
            prefix = f"cells.{layer}"
            y = relu_conv_norm(relu_conv_norm(x, w, f"{prefix}.conv_a.op", 2), w, f"{prefix}.conv_b.op")
            x = F.conv2d(F.avg_pool2d(x, 2, 2, 0), w[f"{prefix}.downsample.1.weight"]) + y
            layer += 1
        for _ in range(5):
            nodes = [x] + [torch.zeros_like(x) for _ in range(3)]
            for i, (operation, source, target) in enumerate(cell):
                value = nodes[source]
                if operation == "none":
                    value = value.mul(0.0)
                elif operation == "avg_pool_3x3":
                    value = F.avg_pool2d(value, 3, stride=1, padding=1, count_include_pad=False)
                elif operation != "skip_connect":
                    value = relu_conv_norm(value, w, f"cells.{layer}.layers.{i}.op")
                nodes[target] = nodes[target] + value
            x = nodes[3]
            layer += 1
    x = F.relu(norm(x, w, "lastact.0")).mean((2, 3))
    return F.linear(x, w["classifier.weight"], w["classifier.bias"])


def main():
    n = torch.arange(2 * 3 * SIZE * SIZE, dtype=torch.float64)
    images = (0.5 + 0.5 * torch.sin(0.011 * n)).reshape(2, 3, SIZE, SIZE)
    rows = []
    for text in CELLS:
        cell = [
            (*edge.split("~")[:1], int(edge.split("~")[1]), target)
            for target, node in enumerate(text.split("+"), 1)
            for edge in node.strip("|").split("|")
        ]
        sizes = shapes(cell)
        is_norm = lambda name: f"{name.rsplit('.', 1)[0]}.bias" in sizes and name.endswith("weight")
        w = {name: fill(sizes[name], p, is_norm(name)) for p, name in enumerate(sorted(sizes))}
        logits = forward(cell, w, images)
        rows.append({"cell": text, "logits": [[float(v) for v in row] for row in logits]})
    lines = ",\n".join("  " + json.dumps(row) for row in rows)
    (HERE / "nas_bench_201.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
