#!/usr/bin/env python3
"""Writes golden/recipe.json: twenty training steps of a small network by PyTorch, once for each part of the recipe.

    /usr/bin/python3 tests/train/make_recipe_golden.py

Made with PyTorch 1.13.1 (Debian 12, CPU). recipe_test.cc does the same steps and compares.
"""

import json
import pathlib

import torch
from torch import nn
from torch.optim import lr_scheduler
from torch.optim.swa_utils import AveragedModel

STEPS_PER_EPOCH, EPOCHS, WARMUP_EPOCHS = 5, 4, 1
LR = 0.05


def network():
    torch.manual_seed(4)
    return nn.Sequential(nn.Flatten(), nn.Linear(12, 4), nn.ReLU(), nn.Linear(4, 3))


def images_and_labels():
    torch.manual_seed(5)
    return torch.rand(3, 6, 3, 2, 2) * 0.5 + 0.2, torch.randint(0, 3, (3, 6))


def optimizer_of(model, options):
    decay = options.get("weight_decay", 0)
    if options.get("optimizer") != "adamw":
        return torch.optim.Adam(model.parameters(), lr=LR, weight_decay=decay)
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    return torch.optim.AdamW([{"params": weights}, {"params": others, "weight_decay": 0.0}], lr=LR,
                             weight_decay=decay)


def scheduler_of(optimizer, options):
    if options.get("schedule") != "cosine":
        return None
    rising = options.get("warmup", 0) * STEPS_PER_EPOCH
    falling = lr_scheduler.CosineAnnealingLR(optimizer, T_max=EPOCHS * STEPS_PER_EPOCH - rising)
    if rising == 0:
        return falling
    # The rate of step i is (i + 1) / rising of the whole; step `rising` is the cosine's first.
    warm = lr_scheduler.LinearLR(optimizer, start_factor=1 / rising, end_factor=1.0, total_iters=rising - 1)
    return lr_scheduler.SequentialLR(optimizer, [warm, falling], milestones=[rising])


def average_rule(decay):
    def rule(average, now, t):  # t updates came before, so this is update t, counted from 1 without the copy
        keep = min(decay, float(1 + t) / float(10 + t))
        return keep * average + (1 - keep) * now
    return rule


def run(options):
    model = network()
    images, labels = images_and_labels()
    if options.get("inputs") == "standardised":
        flat = images.permute(2, 0, 1, 3, 4).reshape(3, -1)
        mean, deviation = flat.mean(1), flat.std(1, unbiased=False)
        images = (images - mean.view(3, 1, 1)) / deviation.view(3, 1, 1)
    criterion = nn.CrossEntropyLoss(weight=torch.tensor([0.5, 1.0, 2.0]),
                                    label_smoothing=options.get("label_smoothing", 0.0))
    optimizer = optimizer_of(model, options)
    scheduler = scheduler_of(optimizer, options)
    decay = options.get("ema", 0)
    averaged = AveragedModel(model, avg_fn=average_rule(decay)) if decay > 0 else None
    if averaged is not None:
        averaged.update_parameters(model)  # the first call copies: the average starts from the initial weights
    losses, rates = [], []
    for step in range(EPOCHS * STEPS_PER_EPOCH):
        optimizer.zero_grad()
        loss = criterion(model(images[step % 3]), labels[step % 3])
        loss.backward()
        if options.get("clip", 0) > 0:
            nn.utils.clip_grad_norm_(model.parameters(), options["clip"])
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if averaged is not None:
            averaged.update_parameters(model)
        losses.append(loss.item())
        if scheduler is not None:
            scheduler.step()
    kept = averaged.module if averaged is not None else model
    return {"options": options, "losses": losses, "rates": rates,
            "weights": [p.detach().flatten().tolist() for p in kept.parameters()]}


CASES = {
    "adam": {},
    "l2": {"weight_decay": 0.1},
    "adamw": {"optimizer": "adamw", "weight_decay": 0.1},
    "cosine": {"schedule": "cosine"},
    "warm-up and cosine": {"schedule": "cosine", "warmup": WARMUP_EPOCHS},
    "label smoothing": {"label_smoothing": 0.1},
    "clipping": {"clip": 0.3},
    "averaged weights": {"ema": 0.6},
    "standardised inputs": {"inputs": "standardised"},
    "all": {"optimizer": "adamw", "weight_decay": 0.1, "schedule": "cosine", "warmup": WARMUP_EPOCHS,
            "label_smoothing": 0.1, "clip": 0.3, "ema": 0.6, "inputs": "standardised"},
}


def main():
    images, labels = images_and_labels()
    golden = {"torch": torch.__version__, "lr": LR, "epochs": EPOCHS, "steps_per_epoch": STEPS_PER_EPOCH,
              "images": images.flatten().tolist(), "labels": labels.flatten().tolist(),
              "start": [p.detach().flatten().tolist() for p in network().parameters()],
              "cases": {name: run(options) for name, options in CASES.items()}}
    file = pathlib.Path(__file__).parent / "golden" / "recipe.json"
    file.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
