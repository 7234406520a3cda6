#!/usr/bin/env python3
"""The training step of train_step_bench.cc in Python, for compare.py: same networks, batch and optimiser.

Says "ready", then answers each line `N` on its input with the mean milliseconds of N steps. --tuned: channels_last,
gradients freed and not filled with zeros, and the caller sets the malloc variables; without it, as a user would run it.
"""
import argparse
import json
import sys
import time
from pathlib import Path

import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[2]


def conv_bn(cin, cout, k, stride=1, groups=1, norm=True, act=None, bias=False):
    layers = [nn.Conv2d(cin, cout, k, stride, (k - 1) // 2, groups=groups, bias=bias)]
    if norm:
        layers.append(nn.BatchNorm2d(cout))
    if act is not None:
        layers.append(act(inplace=True))
    return nn.Sequential(*layers)


class Basic(nn.Module):
    def __init__(self, cin, cout, stride=1):
        super().__init__()
        self.a = conv_bn(cin, cout, 3, stride, act=nn.ReLU)
        self.b = conv_bn(cout, cout, 3)
        self.short = conv_bn(cin, cout, 1, stride) if stride != 1 or cin != cout else nn.Identity()
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.b(self.a(x)) + self.short(x))


class Inverted(nn.Module):
    def __init__(self, cin, cout, t, stride):
        super().__init__()
        mid = cin * t
        self.same = stride == 1 and cin == cout
        expand = [] if t == 1 else [conv_bn(cin, mid, 1, act=nn.ReLU6)]
        self.body = nn.Sequential(*expand, conv_bn(mid, mid, 3, stride, groups=mid, act=nn.ReLU6), conv_bn(mid, cout, 1))

    def forward(self, x):
        return x + self.body(x) if self.same else self.body(x)


def pooled_head(features, width):
    return nn.Sequential(*features, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 2))


def resnet(blocks):
    layers, cin = [conv_bn(3, 64, 3, act=nn.ReLU)], 64
    for stage, (width, n) in enumerate(zip((64, 128, 256, 512), blocks)):
        for i in range(n):
            layers.append(Basic(cin, width, 2 if stage > 0 and i == 0 else 1))
            cin = width
    return pooled_head(layers, 512)


def mobilenet_v1():
    layers, cin = [conv_bn(3, 32, 3, act=nn.ReLU)], 32
    plan = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]
    for cout, stride in plan:
        layers += [conv_bn(cin, cin, 3, stride, groups=cin, norm=False, act=nn.ReLU), conv_bn(cin, cout, 1, act=nn.ReLU)]
        cin = cout
    return pooled_head(layers, 1024)


def mobilenet_v2():
    layers, cin = [conv_bn(3, 64, 3, 2, act=nn.ReLU6)], 64
    plan = [(1, 32, 1, 1), (6, 48, 2, 2), (6, 64, 3, 2), (6, 128, 4, 2), (6, 192, 3, 1), (6, 320, 3, 2), (6, 640, 1, 1)]
    for t, cout, n, stride in plan:
        for i in range(n):
            layers.append(Inverted(cin, cout, t, stride if i == 0 else 1))
            cin = cout
    return pooled_head(layers, 640)


def fahana_fair():
    layers, cin = [conv_bn(3, 40, 3, 2, act=nn.ReLU)], 40
    plan = [("MB", 40, 1, 1), ("MB", 56, 2, 3), ("DB", 112, 2, 3), ("RB", 240, 2, 3), ("CB", 408, 2, 1), ("CB", 440, 1, 1)]
    for kind, cout, stride, n in plan:
        for i in range(n):
            step = stride if i == 0 else 1
            if kind == "MB":
                layers.append(Inverted(cin, cout, 6, step))
            elif kind == "DB":
                layers += [conv_bn(cin, cin, 3, step, groups=cin, act=nn.ReLU), conv_bn(cin, cout, 1, act=nn.ReLU)]
            elif kind == "RB":
                layers.append(Basic(cin, cout, step))
            else:
                layers.append(conv_bn(cin, cout, 3, step, act=nn.ReLU))
            cin = cout
    return pooled_head(layers, cin)


def searched(name, size):
    spec = json.loads((ROOT / "searches" / "architectures" / f"{name}.json").read_text())
    layers, cin = [], 3
    for stage in spec["stages"]:
        layers.append(nn.Conv2d(cin, stage["channels"], stage["kernel"], padding=stage["padding"], bias=stage["bias"]))
        cin = stage["channels"]
        if stage.get("norm", "none") == "batch":
            layers.append(nn.BatchNorm2d(cin))
        layers += [nn.ReLU(), nn.MaxPool2d(2)]
        size //= 2
    width = cin * size * size
    layers.append(nn.Flatten())
    for hidden in spec["head"]["hidden"]:
        layers += [nn.Linear(width, hidden), nn.ReLU()]
        width = hidden
    return nn.Sequential(*layers, nn.Linear(width, 2))


MODELS = {
    "resnet18": lambda size: resnet((2, 2, 2, 2)),
    "resnet34": lambda size: resnet((3, 4, 6, 3)),
    "mobilenet_v1": lambda size: mobilenet_v1(),
    "mobilenet_v2": lambda size: mobilenet_v2(),
    "fahana_fair": lambda size: fahana_fair(),
    "search1": lambda size: searched("search1", size),
    "search2": lambda size: searched("search2", size),
    "search3": lambda size: searched("search3", size),
}


# So low that the one batch is never learned by heart: its gradients would become denormal numbers, with which a step
# takes twice as long.
LEARNING_RATE = 1e-7
WARM_UP = 3


def prepared_step(model, size, batch, tuned):
    torch.manual_seed(1)
    model.train()
    images = torch.rand(batch, 3, size, size)
    if tuned:
        model = model.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    labels = torch.randint(0, 2, (batch,))
    loss_function = nn.CrossEntropyLoss(weight=torch.ones(2))
    optimiser = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    free_gradients = {"set_to_none": True} if tuned else {}

    def step():
        loss = loss_function(model(images), labels)
        optimiser.zero_grad(**free_gradients)
        loss.backward()
        optimiser.step()

    return step


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="of a benchmark: MODEL/size:PX/batch:N")
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model, size, batch = (part.split(":")[-1] for part in options.name.split("/"))
    step = prepared_step(MODELS[model](int(size)), int(size), int(batch), options.tuned)
    for _ in range(WARM_UP):
        step()
    print("ready", flush=True)
    for line in sys.stdin:
        steps = int(line)
        start = time.perf_counter()
        for _ in range(steps):
            step()
        print(1e3 * (time.perf_counter() - start) / steps, flush=True)


if __name__ == "__main__":
    main()
