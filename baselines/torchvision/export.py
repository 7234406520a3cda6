#!/usr/bin/python3
"""Writes torchvision's ResNet-18, ResNet-34 and MobileNetV2 as TorchScript files that flnas trains, evaluates and measures.

    /usr/bin/python3 baselines/torchvision/export.py --out DIR [--classes K] [--seed S] [MODEL ...]

Each DIR/<model>.pt is scripted (not traced), so that its training mode works; it is in training mode, with
torchvision's own random initialisation and without pretrained weights. Input: [N, 3, H, W] float32, output: [N, K]
logits. Needs torch and torchvision: Debian's python3-torchvision, or `pip install torch torchvision`.
These are the ImageNet variants (7x7 stem with max-pool; width 1.0), whose counts differ from Table I's.
"""

import argparse
import os
import sys
import tempfile

MODELS = ("resnet18", "resnet34", "mobilenet_v2")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="*", metavar="MODEL", help="of " + ", ".join(MODELS) + "; default: all")
    parser.add_argument("--out", required=True, help="folder for the .pt files, created where missing")
    parser.add_argument("--classes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    for name in options.models:
        if name not in MODELS:
            parser.error(f"unknown model '{name}' (valid: {', '.join(MODELS)})")
    if options.classes < 2:
        parser.error(f"--classes {options.classes}: a classifier needs at least 2")
    return options


def write(module, file):
    """Whole or not at all, as flnas writes its files."""
    import torch

    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(file), suffix=".tmp")
    os.close(handle)
    try:
        torch.jit.save(module, temporary)
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    except BaseException:
        os.unlink(temporary)
        raise


def main(arguments=None):
    options = parse(arguments)
    try:
        import torch
        import torchvision
    except ImportError as error:
        sys.exit(f"error: {error}; install python3-torchvision (Debian) or run pip install torch torchvision")
    os.makedirs(options.out, exist_ok=True)
    for name in options.models or MODELS:
        torch.manual_seed(options.seed)
        model = getattr(torchvision.models, name)(num_classes=options.classes)
        file = os.path.join(options.out, f"{name}.pt")
        write(torch.jit.script(model.train()), file)
        count = sum(parameter.numel() for parameter in model.parameters())
        print(f"{file}: {count:,} parameters, {options.classes} classes")


if __name__ == "__main__":
    main()
