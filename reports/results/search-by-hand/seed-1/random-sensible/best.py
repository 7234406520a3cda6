"""Best of random-sensible (flnas search, random-sensible, seed 1, d002), written by flnas.

Images [N, 3, 64, 64] float32 in [0, 1] -> logits [N, 2].
"""
import torch
from torch import nn


class Best(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.layers = nn.Sequential(
            # stages[0]: 3x64x64 -> 8x32x32
            nn.Conv2d(3, 3, kernel_size=5, padding=2, groups=3, bias=False),
            nn.BatchNorm2d(3),
            nn.Hardswish(),
            nn.Conv2d(3, 8, kernel_size=1, bias=False),
            nn.BatchNorm2d(8),
            nn.Hardswish(),
            nn.MaxPool2d(2),
            # stages[1]: 8x32x32 -> 32x16x16
            nn.Conv2d(8, 8, kernel_size=3, stride=2, padding=1, groups=8, bias=False),
            nn.GroupNorm(1, 8),
            nn.LeakyReLU(),
            nn.Conv2d(8, 32, kernel_size=1, bias=False),
            nn.GroupNorm(1, 32),
            nn.LeakyReLU(),
            # stages[2]: 32x16x16 -> 56x8x8
            nn.Conv2d(32, 56, kernel_size=3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(56),
            nn.LeakyReLU(),
            nn.Dropout2d(0.1),
            # head
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Dropout(0.5),
            nn.Linear(56, 48),
            nn.Hardswish(),
            nn.Dropout(0.5),
            nn.Linear(48, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
