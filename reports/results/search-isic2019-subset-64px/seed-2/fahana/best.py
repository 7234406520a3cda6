"""Best of fahana (flnas search, fahana, seed 2, d003), written by flnas.

Images [N, 3, 64, 64] float32 in [0, 1] -> logits [N, 2].
"""
import torch
from torch import nn


class Best(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.layers = nn.Sequential(
            # stages[0]: 3x64x64 -> 32x64x64
            nn.Conv2d(3, 32, kernel_size=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            # stages[1]: 32x64x64 -> 8x32x32
            nn.Conv2d(32, 32, kernel_size=3, stride=2, padding=1, groups=32),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Conv2d(32, 8, kernel_size=1),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            # stages[2]: 8x32x32 -> 32x32x32
            nn.Conv2d(8, 32, kernel_size=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            # stages[3]: 32x32x32 -> 8x16x16
            nn.Conv2d(32, 32, kernel_size=5, padding=2, groups=32),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Conv2d(32, 8, kernel_size=1),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.AvgPool2d(2),
            # head
            nn.Flatten(),
            nn.Linear(2048, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
