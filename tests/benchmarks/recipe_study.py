#!/usr/bin/env python3
"""The recipe study: short runs on the validation part, one setting changed at a time. Prints a Markdown table.

    tests/benchmarks/recipe_study.py --flnas build/bin/flnas --data DIR --split split.json --out DIR
        [--models search3,mobilenet_v1] [--epochs 8] [--size 64] [--seeds 1]

A finished run is not trained again, so the same command continues. The test part is never looked at: predictions and
metrics are of the validation part, and so are the figures of the table (best epoch by validation AUROC).
"""

import argparse
import json
import pathlib
import subprocess

RECIPE = {"optimizer": "adamw", "lr": 1e-3, "weight-decay": 0.05, "schedule": "cosine", "warmup": 1,
          "inputs": "standardised", "crop": 0.6, "ema": 0, "label-smoothing": 0, "selection": "auroc", "patience": 0,
          "batch": 32}
VARIANTS = {
    "AdamW, cosine, standardised, crops from 0.6": {},
    "the literal recipe: Adam, constant rate": {"optimizer": "adam", "weight-decay": 0, "schedule": "constant",
                                                "warmup": 0, "inputs": "unit", "crop": 1},
    "lr 3e-3": {"lr": 3e-3},
    "no crops": {"crop": 1},
    "averaged weights, 0.99": {"ema": 0.99},
    "label smoothing 0.1": {"label-smoothing": 0.1},
    "inputs in [0, 1]": {"inputs": "unit"},
    "lr 3e-4": {"lr": 3e-4},
    "weight decay 0.005": {"weight-decay": 0.005},
    "crops from 0.3": {"crop": 0.3},
}


def run(arguments, model, name, changes, seed):
    settings = {**RECIPE, **changes}
    slug = "".join(c if c.isalnum() else "-" for c in name)
    out = pathlib.Path(arguments.out) / f"{model}-{slug}-s{seed}"
    command = [arguments.flnas, "train", model, "--data", arguments.data, "--split", arguments.split, "--out", str(out),
               "--subset", "validation", "--task", "binary", "--size", str(arguments.size), "--epochs",
               str(arguments.epochs), "--seed", str(seed), "--threads", "1", "--device", "cpu"]
    for flag, value in settings.items():
        command += [f"--{flag}", str(value)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    training = json.loads((out / "run.json").read_text())["training"]
    epochs = [json.loads(line) for line in (out / "history.jsonl").read_text().splitlines()]
    best = epochs[training["best_epoch"] - 1]
    return {"auroc": best["validation_auroc"], "balanced": best["validation_balanced_accuracy"],
            "loss": best["validation_loss"], "epoch": best["epoch"], "seconds": training["seconds"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("flnas", "data", "split", "out"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--models", default="search3,mobilenet_v1")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--seeds", type=int, default=1)
    arguments = parser.parse_args()
    print("| model | setting | seed | AUROC | balanced accuracy | loss | best epoch | seconds |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for model in arguments.models.split(","):
        for seed in range(1, arguments.seeds + 1):
            for name, changes in VARIANTS.items():
                r = run(arguments, model, name, changes, seed)
                print(f"| {model} | {name} | {seed} | {r['auroc']:.3f} | {r['balanced']:.3f} | {r['loss']:.3f} | "
                      f"{r['epoch']} | {r['seconds']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
