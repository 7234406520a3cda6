"""Best of random (flnas search, random, seed 2, d005), written by flnas.

Images [N, 3, 64, 64] float32 in [0, 1] -> logits [N, 2].
"""
import math

import torch
from torch import nn


class BasicBlock(nn.Module):
    """Two convolutions and a shortcut: He et al., Deep Residual Learning, CVPR 2016."""

    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, bias=True, norm="none", activation="relu"):
        super().__init__()

        def make_norm():
            if norm == "batch":
                return nn.BatchNorm2d(out_channels)
            if norm == "none":
                return nn.Identity()
            return nn.GroupNorm(math.gcd(8, out_channels) if norm == "group" else 1, out_channels)

        padding = (kernel_size - 1) // 2
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size, stride, padding, bias=bias)
        self.bn1 = make_norm()
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size, 1, padding, bias=bias)
        self.bn2 = make_norm()
        self.downsample = nn.Identity()
        if stride != 1 or in_channels != out_channels:
            shortcut = nn.Conv2d(in_channels, out_channels, 1, stride, bias=bias)
            self.downsample = nn.Sequential(shortcut, make_norm())
        self.activation = {
            "none": nn.Identity, "relu": nn.ReLU, "relu6": nn.ReLU6, "leaky_relu": nn.LeakyReLU, "elu": nn.ELU,
            "gelu": nn.GELU, "silu": nn.SiLU, "hardswish": nn.Hardswish, "tanh": nn.Tanh,
        }[activation]()

    def forward(self, x):
        y = self.activation(self.bn1(self.conv1(x)))
        return self.activation(self.bn2(self.conv2(y)) + self.downsample(x))


class Best(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.layers = nn.Sequential(
            # stages[0]: 3x64x64 -> 56x16x16
            nn.Conv2d(3, 56, kernel_size=1, stride=2),
            nn.GroupNorm(1, 56),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Dropout2d(0.2),
            # stages[1]: 56x16x16 -> 24x3x3
            nn.Conv2d(56, 24, kernel_size=3, stride=2, bias=False),
            nn.GroupNorm(1, 24),
            nn.ELU(),
            nn.MaxPool2d(2),
            nn.Dropout2d(0.3),
            # stages[2]: 24x3x3 -> 8x1x1
            BasicBlock(24, 8, kernel_size=1, stride=1, bias=True, norm="group", activation="hardswish"),
            nn.AvgPool2d(2),
            # stages[3]: 8x1x1 -> 8x1x1
            BasicBlock(8, 8, kernel_size=1, stride=2, bias=False, norm="none", activation="gelu"),
            nn.Dropout2d(0.3),
            # head
            nn.Flatten(),
            nn.Linear(8, 16),
            nn.Hardswish(),
            nn.Linear(16, 64),
            nn.Hardswish(),
            nn.Linear(64, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
