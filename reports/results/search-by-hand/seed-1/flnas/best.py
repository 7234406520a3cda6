"""Best of flnas (flnas search, flnas, seed 1, d006), written by flnas.

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
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.MaxPool2d(2),
            # stages[1]: 16x16x16 -> 24x8x8
            nn.Conv2d(16, 24, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(24),
            nn.ReLU(),
            nn.MaxPool2d(2),
            # stages[2]: 24x8x8 -> 32x4x4
            nn.Conv2d(24, 32, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(2),
            # head
            nn.Flatten(),
            nn.Linear(512, 32),
            nn.ReLU(),
            nn.Linear(32, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
