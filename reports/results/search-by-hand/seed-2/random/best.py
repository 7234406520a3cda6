"""Best of random (flnas search, random, seed 2, d004), written by flnas.

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
            # stages[0]: 3x64x64 -> 48x32x32
            nn.Conv2d(3, 3, kernel_size=1, stride=2, groups=3, bias=False),
            nn.GroupNorm(1, 3),
            nn.SiLU(),
            nn.Conv2d(3, 48, kernel_size=1, bias=False),
            nn.GroupNorm(8, 48),
            nn.SiLU(),
            nn.Dropout2d(0.1),
            # stages[1]: 48x32x32 -> 40x8x8
            BasicBlock(48, 40, kernel_size=1, stride=2, bias=True, norm="group", activation="relu"),
            nn.AvgPool2d(2),
            # stages[2]: 40x8x8 -> 16x4x4
            BasicBlock(40, 16, kernel_size=5, stride=1, bias=True, norm="group", activation="hardswish"),
            nn.MaxPool2d(2),
            # stages[3]: 16x4x4 -> 64x2x2
            BasicBlock(16, 64, kernel_size=1, stride=1, bias=False, norm="batch", activation="silu"),
            nn.AvgPool2d(2),
            nn.Dropout2d(0.3),
            # head
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(64, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
