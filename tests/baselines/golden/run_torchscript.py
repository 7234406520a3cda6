"""Runs TorchScript files in Python and compares their logits with those of C++.

    python3 run_torchscript.py FOLDER SIZE

FOLDER holds, for each model, NAME.pt, NAME.images (float32, [N, 3, SIZE, SIZE]) and NAME.logits (float32, [N, C]).
Prints the largest difference of each; exits 1 where one exceeds 1e-5, 77 where torch cannot be imported.
"""

import pathlib
import sys

try:
    import torch
except ImportError as error:
    print(error)
    sys.exit(77)


def floats(file):
    return torch.frombuffer(bytearray(file.read_bytes()), dtype=torch.float32)


worst = 0.0
size = int(sys.argv[2])
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.pt")):
    model = torch.jit.load(str(file)).eval()
    images = floats(file.with_suffix(".images")).reshape(-1, 3, size, size)
    with torch.no_grad():
        logits = model(images)
    difference = (logits - floats(file.with_suffix(".logits")).reshape(logits.shape)).abs().max().item()
    print(f"{file.stem}: {len(images)} images, {difference:.2e}")
    worst = max(worst, difference)
sys.exit(0 if worst <= 1e-5 else 1)
