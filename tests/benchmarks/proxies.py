#!/usr/bin/env python3
"""Zero-cost proxies of NAS-Bench-201 cells in Python, each as they are usually computed: on a copy of the network, with
hooks, in passes of its own. The other side of proxies_bench.cc; tests/proxies/make_golden.py takes its values as goldens.

    proxies.py CELL --batch 64 --threads 2     prints JSON {"torch": version, "milliseconds": per proxy and in total}

Needs torch; definitions as in harness/proxies/*.h.
"""
import argparse
import copy
import json
import math
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

NAMES = ["epe_nas", "fisher", "grad_norm", "grasp", "jacov", "l2_norm", "nwot", "plain", "snip", "synflow", "zen"]


class ReluConvNorm(nn.Module):
    def __init__(self, into, outof, kernel, stride=1):
        super().__init__()
        conv = nn.Conv2d(into, outof, kernel, stride, kernel // 2, bias=False)
        self.op = nn.Sequential(nn.ReLU(), conv, nn.BatchNorm2d(outof))

    def forward(self, x):
        return self.op(x)


class Zero(nn.Module):
    def forward(self, x):
        return x * 0


def layer(operation, channels):
    if operation in ("nor_conv_1x1", "nor_conv_3x3"):
        return ReluConvNorm(channels, channels, int(operation[-1]))
    if operation == "avg_pool_3x3":
        return nn.AvgPool2d(3, 1, 1, count_include_pad=False)
    return nn.Identity() if operation == "skip_connect" else Zero()


class Cell(nn.Module):
    def __init__(self, edges, channels):
        super().__init__()
        self.edges = edges
        self.layers = nn.ModuleList(layer(operation, channels) for operation, _, _ in edges)

    def forward(self, x):
        nodes = [x]
        for target in (1, 2, 3):
            incoming = [op(nodes[source]) for (_, source, to), op in zip(self.edges, self.layers) if to == target]
            nodes.append(sum(incoming))
        return nodes[3]


class Reduction(nn.Module):
    def __init__(self, into):
        super().__init__()
        self.conv_a, self.conv_b = ReluConvNorm(into, 2 * into, 3, 2), ReluConvNorm(2 * into, 2 * into, 3)
        self.downsample = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(into, 2 * into, 1, bias=False))

    def forward(self, x):
        return self.downsample(x) + self.conv_b(self.conv_a(x))


class Network(nn.Module):
    def __init__(self, text, classes):
        super().__init__()
        edges = [(edge.split("~")[0], int(edge.split("~")[1]), target) for target, node in enumerate(text.split("+"), 1)
                 for edge in node.strip("|").split("|")]
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16))
        cells, channels = [], 16
        for stage in range(3):
            if stage:
                cells.append(Reduction(channels))
                channels *= 2
            cells += [Cell(edges, channels) for _ in range(5)]
        self.cells = nn.ModuleList(cells)
        self.lastact = nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU(inplace=True))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.stem(x)
        for cell in self.cells:
            x = cell(x)
        return self.classifier(self.pool(self.lastact(x)).flatten(1))


def of_kind(net, *kinds):
    return [module for module in net.modules() if isinstance(module, kinds)]


def layers(net):
    return of_kind(net, nn.Conv2d, nn.Linear)


def backward(net, images, labels):
    F.cross_entropy(net(images), labels).backward()
    return [(module.weight, torch.zeros_like(module.weight) if module.weight.grad is None else module.weight.grad)
            for module in layers(net)]


def grad_norm(net, images, labels):
    return sum(float(g.norm()) for _, g in backward(net, images, labels))


def plain(net, images, labels):
    return sum(float((w * g).sum()) for w, g in backward(net, images, labels))


def snip(net, images, labels):
    """By a mask on every weight, as the paper has it."""
    masks = []
    for module in layers(net):
        weight = module.weight.detach()
        del module.weight
        mask = torch.ones_like(weight, requires_grad=True)
        masks.append(mask)
        module.weight = weight * mask
    F.cross_entropy(net(images), labels).backward()
    return sum(float(mask.grad.abs().sum()) for mask in masks if mask.grad is not None)


def fisher(net, images, labels):
    total = [0.0]

    def watch(module, _, output):
        def seen(gradient):
            product = output.detach() * gradient
            product = product.sum(tuple(range(2, product.dim()))) if product.dim() > 2 else product
            channels = product.pow(2).mean(0) / 2
            total[0] += float(channels.sum()) * module.weight[0].numel()

        output.register_hook(seen)

    for module in layers(net):
        module.register_forward_hook(watch)
    F.cross_entropy(net(images), labels).backward()
    return total[0]


def grasp(net, images, labels):
    weights = [module.weight for module in layers(net)]
    first = torch.autograd.grad(F.cross_entropy(net(images), labels), weights, allow_unused=True)
    second = torch.autograd.grad(F.cross_entropy(net(images), labels), weights, create_graph=True, allow_unused=True)
    sum((a.detach() * b).sum() for a, b in zip(first, second) if a is not None).backward()
    return -sum(float((w.detach() * w.grad).sum()) for w in weights if w.grad is not None)


def jacobian(net, images):
    images = images.clone().requires_grad_(True)
    net(images).sum().backward()
    return images.grad.flatten(1).double()


def jacov(net, images, labels):
    values = torch.linalg.eigvalsh(torch.corrcoef(jacobian(net, images))) + 1e-5
    return -float((values.log() + 1 / values).sum())


def epe_nas(net, images, labels):
    rows, total = jacobian(net, images), 0.0
    for label in labels.unique():
        correlations = torch.corrcoef(rows[labels == label]).reshape(-1)
        total += abs(float((correlations.abs() + 1e-5).log().sum()))
    return total


def nwot(net, images, labels):
    kernel = torch.zeros(len(images), len(images), dtype=torch.float64)

    def watch(_, inputs, __):
        on = (inputs[0].flatten(1) > 0).float()
        kernel.add_((on @ on.t() + (1 - on) @ (1 - on).t()).double())

    for module in of_kind(net, nn.ReLU):
        module.register_forward_hook(watch)
    with torch.no_grad():
        net(images)
    return float(torch.linalg.slogdet(kernel)[1])


def l2_norm(net, images, labels):
    return sum(float(module.weight.norm()) for module in layers(net))


def synflow(net, images, labels):
    for norm in of_kind(net, nn.BatchNorm2d):
        norm.forward = lambda x: x
    net = net.double()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.abs_()
    net(torch.ones_like(images[:1], dtype=torch.float64)).sum().backward()
    flow = sum(float((m.weight * m.weight.grad).abs().sum()) for m in layers(net) if m.weight.grad is not None)
    return math.log(flow) if flow > 0 else 0.0


@torch.no_grad()
def zen(net, images, labels, draw=True):
    maps = []
    net.pool.register_forward_hook(lambda _, inputs, __: maps.append(inputs[0].clone()))
    if draw:
        for module in layers(net):
            module.weight.normal_()
    noise, other = torch.randn_like(images), torch.randn_like(images)
    net(noise)
    net(noise + 0.01 * other)
    distance = (maps[0] - maps[1]).abs().sum((1, 2, 3)).mean().log()
    return float(distance + sum(0.5 * norm.running_var.mean().log() for norm in of_kind(net, nn.BatchNorm2d)))


def compute(name, net, images, labels):
    return globals()[name](copy.deepcopy(net), images, labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cell")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    net = Network(options.cell, options.classes)
    images = torch.randn(options.batch, 3, options.size, options.size)
    labels = torch.randint(options.classes, (options.batch,))
    times = {name: [] for name in NAMES}
    for _ in range(options.rounds + 1):
        for name in NAMES:
            start = time.perf_counter()
            compute(name, net, images, labels)
            times[name].append(1e3 * (time.perf_counter() - start))
    milliseconds = {name: statistics.median(samples[1:]) for name, samples in times.items()}
    total = sum(milliseconds.values())
    milliseconds.update({"all": total, "all-but-grasp": total - milliseconds["grasp"]})
    print(json.dumps({"torch": torch.__version__, "milliseconds": milliseconds}))


if __name__ == "__main__":
    main()
