"""Best of niches (flnas search, niches, seed 3, d005), written by flnas.

Images [N, 3, 64, 64] float32 in [0, 1] -> logits [N, 2].
"""
import torch
from torch import nn


class Best(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.layers = nn.Sequential(
            # stages[0]: 3x64x64 -> 8x16x16
            nn.Conv2d(3, 8, kernel_size=3, stride=2, padding=1, bias=False),
            nn.GroupNorm(8, 8),
            nn.LeakyReLU(),
            nn.MaxPool2d(2),
            nn.Dropout2d(0.3),
            # stages[1]: 8x16x16 -> 8x8x8
            nn.Conv2d(8, 8, kernel_size=1, groups=8, bias=False),
            nn.GroupNorm(1, 8),
            nn.GELU(),
            nn.Conv2d(8, 8, kernel_size=1, bias=False),
            nn.GroupNorm(1, 8),
            nn.GELU(),
            nn.AvgPool2d(2),
            nn.Dropout2d(0.3),
            # head
            nn.Flatten(),
            nn.Dropout(0.5),
            nn.Linear(512, 64),
            nn.Hardswish(),
            nn.Dropout(0.5),
            nn.Linear(64, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
