"""Best of random (flnas search, random, seed 1, d001), written by flnas.

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
            # stages[0]: 3x64x64 -> 8x16x16
            BasicBlock(3, 8, kernel_size=7, stride=2, bias=True, norm="layer", activation="relu"),
            nn.AvgPool2d(2),
            nn.Dropout2d(0.2),
            # stages[1]: 8x16x16 -> 32x8x8
            nn.Conv2d(8, 32, kernel_size=1, stride=2, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            # stages[2]: 32x8x8 -> 8x8x8
            nn.Conv2d(32, 32, kernel_size=1, groups=32, bias=False),
            nn.GroupNorm(1, 32),
            nn.GELU(),
            nn.Conv2d(32, 8, kernel_size=1, bias=False),
            nn.GroupNorm(1, 8),
            nn.GELU(),
            # head
            nn.Flatten(),
            nn.Dropout(0.2),
            nn.Linear(512, 32),
            nn.LeakyReLU(),
            nn.Dropout(0.2),
            nn.Linear(32, 64),
            nn.LeakyReLU(),
            nn.Dropout(0.2),
            nn.Linear(64, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
