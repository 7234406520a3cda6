"""A small network with every way to name a layer: places, an OrderedDict, a Sequential within another."""

from collections import OrderedDict

import torch.nn as nn

net = nn.Sequential(
    OrderedDict(
        [
            (
                "features",
                nn.Sequential(
                    nn.Conv2d(3, 4, 3, padding=1, bias=False),
                    nn.BatchNorm2d(4),
                    nn.Identity(),
                    nn.ReLU(),
                    nn.MaxPool2d(2),
                    nn.Sequential(nn.Conv2d(4, 4, 3, padding=1, groups=4), nn.ReLU(), nn.Conv2d(4, 6, 1), nn.ReLU()),
                ),
            ),
            ("pool", nn.AdaptiveAvgPool2d(1)),
            ("flat", nn.Flatten()),
            ("hidden", nn.Linear(6, 5)),
            ("act", nn.ReLU()),
            ("classifier", nn.Linear(5, 3)),
        ]
    )
)
