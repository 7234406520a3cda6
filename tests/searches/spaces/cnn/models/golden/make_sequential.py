"""Writes the weights of the nn.Sequential in sequential.py as PyTorch names them, and its logits.

    python3 make_sequential.py     # PyTorch 1.13 or later

sequential.pth          the state dict of a module that has the network as its attribute `net`
sequential.safetensors  that of the network itself, its tensors sorted by name
sequential.json         eight images' logits; their pixels are i * 37 % 101 / 100, i from 0 on
"""

import json
import pathlib
import runpy
import struct

import torch

HERE = pathlib.Path(__file__).resolve().parent
SHAPE = (8, 3, 8, 8)


def images():
    return (torch.arange(8 * 3 * 8 * 8) * 37 % 101).float().div(100).reshape(SHAPE)


def safetensors(state):
    header, values = {}, b""
    for name in sorted(state):
        tensor = state[name].contiguous()
        part = tensor.numpy().tobytes()
        header[name] = {
            "dtype": "I64" if tensor.dtype == torch.int64 else "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(values), len(values) + len(part)],
        }
        values += part
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + values


class Wrapped(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net


def main():
    torch.manual_seed(1)
    net = runpy.run_path(str(HERE / "sequential.py"))["net"]
    for _ in range(3):
        net(torch.rand(SHAPE))  # running statistics move
    net.eval()
    torch.save(Wrapped(net).state_dict(), HERE / "sequential.pth")
    (HERE / "sequential.safetensors").write_bytes(safetensors(net.state_dict()))
    with torch.no_grad():
        (HERE / "sequential.json").write_text(json.dumps(net(images()).tolist()) + "\n")


if __name__ == "__main__":
    main()
