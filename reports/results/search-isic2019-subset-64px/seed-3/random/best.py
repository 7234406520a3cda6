"""Best of random (flnas search, random, seed 3, d008), written by flnas.

Images [N, 3, 64, 64] float32 in [0, 1] -> logits [N, 2].
"""
import torch
from torch import nn


class Best(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.layers = nn.Sequential(
            # stages[0]: 3x64x64 -> 24x15x15
            nn.Conv2d(3, 24, kernel_size=7, stride=2, padding=1),
            nn.GroupNorm(8, 24),
            nn.ELU(),
            nn.MaxPool2d(2),
            nn.Dropout2d(0.1),
            # stages[1]: 24x15x15 -> 24x15x15
            nn.Conv2d(24, 24, kernel_size=1, groups=24),
            nn.BatchNorm2d(24),
            nn.LeakyReLU(),
            nn.Conv2d(24, 24, kernel_size=1),
            nn.BatchNorm2d(24),
            nn.LeakyReLU(),
            # head
            nn.Flatten(),
            nn.Dropout(0.2),
            nn.Linear(5400, 64),
            nn.ELU(),
            nn.Dropout(0.2),
            nn.Linear(64, 16),
            nn.ELU(),
            nn.Dropout(0.2),
            nn.Linear(16, classes),
        )

    def forward(self, images):
        return self.layers(images)


if __name__ == "__main__":
    model = Best()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    print(model(torch.rand(2, 3, 64, 64)))
