"""Best of flnas (flnas search, flnas, seed 2, d004), written by flnas.

Images [N, 3, 64, 64] float32 in [0, 1] -> logits [N, 2].
"""
import torch
from torch import nn


class Best(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.layers = nn.Sequential(
            # stages[0]: 3x64x64 -> 16x16x16
            nn.Conv2d(3, 16, kernel_size=3, stride=2, padding=1, bias=False),
            nn.GroupNorm(8, 16),
            nn.ReLU(),
            nn.MaxPool2d(2),
            # stages[1]: 16x16x16 -> 32x8x8
            nn.Conv2d(16, 16, kernel_size=3, padding=1, groups=16, bias=False),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.Conv2d(16, 32, kernel_size=1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(2),
            # stages[2]: 32x8x8 -> 40x4x4
            nn.Conv2d(32, 32, kernel_size=3, padding=1, groups=32, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Conv2d(32, 40, kernel_size=1, bias=False),
            nn.BatchNorm2d(40),
            nn.ReLU(),
            nn.AvgPool2d(2),
            # stages[3]: 40x4x4 -> 64x4x4
            nn.Conv2d(40, 64, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
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
