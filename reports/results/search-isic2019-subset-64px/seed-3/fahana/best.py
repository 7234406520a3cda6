"""Best of fahana (flnas search, fahana, seed 3, d005), written by flnas.

Images [N, 3, 64, 64] float32 in [0, 1] -> logits [N, 2].
"""
import torch
from torch import nn


class Best(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.layers = nn.Sequential(
            # stages[0]: 3x64x64 -> 64x64x64
            nn.Conv2d(3, 3, kernel_size=7, padding=3, groups=3),
            nn.BatchNorm2d(3),
            nn.ReLU(),
            nn.Conv2d(3, 64, kernel_size=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            # stages[1]: 64x64x64 -> 32x32x32
            nn.Conv2d(64, 64, kernel_size=3, padding=1, groups=64),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.Conv2d(64, 32, kernel_size=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.AvgPool2d(2),
            # stages[2]: 32x32x32 -> 64x32x32
            nn.Conv2d(32, 64, kernel_size=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            # stages[3]: 64x32x32 -> 16x16x16
            nn.Conv2d(64, 64, kernel_size=3, padding=1, groups=64),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.Conv2d(64, 16, kernel_size=1),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.AvgPool2d(2),
            # stages[4]: 16x16x16 -> 64x16x16
            nn.Conv2d(16, 64, kernel_size=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            # stages[5]: 64x16x16 -> 16x8x8
            nn.Conv2d(64, 64, kernel_size=3, padding=1, groups=64),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.Conv2d(64, 16, kernel_size=1),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.MaxPool2d(2),
            # head
            nn.Flatten(),
            nn.Linear(1024, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
