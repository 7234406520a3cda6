#!/usr/bin/python3
"""Writes torchvision's state-dict keys and shapes: the golden files that the zoo's parameter names are compared with.

    /usr/bin/python3 tests/baselines/golden/make_state_dict_keys.py

Needs torchvision. One line per parameter or buffer, in torchvision's order: name, then its shape ("-": a scalar).
"""

import pathlib

import torchvision

HERE = pathlib.Path(__file__).parent
MODELS = {
    "resnet18": torchvision.models.resnet18(num_classes=2),
    "resnet34": torchvision.models.resnet34(num_classes=2),
    "mobilenet_v2": torchvision.models.mobilenet_v2(num_classes=2, width_mult=2.0),
}

for name, model in MODELS.items():
    lines = []
    for key, value in model.state_dict().items():
        lines.append(f"{key} {'x'.join(str(n) for n in value.shape) or '-'}\n")
    (HERE / f"torchvision_{name}_keys.txt").write_text("".join(lines))
