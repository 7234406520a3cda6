"""Runs flnas's PyTorch source with the weights of C++ and compares the logits.

    python3 run_pytorch_source.py FOLDER SIZE

FOLDER holds, for each model, NAME.py, NAME.weights (float32: all parameters, then all floating buffers, in their order),
NAME.images ([N, 3, SIZE, SIZE]) and NAME.logits ([N, C]). Prints the largest difference of each; exits 1 where one
exceeds 1e-5 or the weights do not fit exactly, 77 where torch cannot be imported.
"""

import pathlib
import runpy
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
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    classes = [c for c in runpy.run_path(str(file)).values() if isinstance(c, type) and issubclass(c, torch.nn.Module)]
    model = classes[-1]().eval()
    weights = floats(file.with_suffix(".weights"))
    tensors = list(model.parameters()) + [b for b in model.buffers() if b.is_floating_point()]
    if sum(t.numel() for t in tensors) != len(weights):
        sys.exit(f"{file.stem}: {sum(t.numel() for t in tensors)} weights where C++ has {len(weights)}")
    with torch.no_grad():
        for tensor, part in zip(tensors, weights.split([t.numel() for t in tensors])):
            tensor.copy_(part.reshape(tensor.shape))
        logits = model(floats(file.with_suffix(".images")).reshape(-1, 3, size, size))
    difference = (logits - floats(file.with_suffix(".logits")).reshape(logits.shape)).abs().max().item()
    print(f"{file.stem}: {len(weights)} weights, {difference:.2e}")
    worst = max(worst, difference)
sys.exit(0 if worst <= 1e-5 else 1)
