"""Writes what PyTorch saves of weights, to the folder weights beside this script, and the corpora of their parsers.

    python3 make_weights.py        # PyTorch 1.13 or later

state_dict.pth   a state dict with a transposed tensor, a part of a larger storage, half precision and a whole number
checkpoint.pth   the same inside of a training script's dictionary
module.pth       a whole module, pickled
"""

import collections
import json
import pathlib
import struct
import zipfile

import torch

HERE = pathlib.Path(__file__).resolve().parent / "weights"
CORPORA = HERE.parents[2] / "fuzz" / "parsers"


def state():
    return collections.OrderedDict(
        [
            ("turned", torch.arange(12.0).reshape(2, 6).t()),
            ("part", torch.arange(10.0)[3:7]),
            ("half", torch.tensor([0.5, -2.0], dtype=torch.float16)),
            ("count", torch.tensor(7)),
        ]
    )


def safetensors(header, values=b"\0" * 16):
    text = json.dumps(header).encode() if isinstance(header, dict) else header
    return struct.pack("<Q", len(text)) + text + values


def entry(begin, end, shape, dtype="F32"):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


FILES = {
    "plain": safetensors({"a": entry(0, 8, [2]), "b": entry(8, 16, [1, 2]), "__metadata__": {"format": "pt"}}),
    "scalar": safetensors({"a": entry(0, 8, [], "I64")}, b"\7" + b"\0" * 7),
    "overlap": safetensors({"a": entry(0, 12, [3]), "b": entry(8, 16, [2])}),
    "gap": safetensors({"a": entry(0, 4, [1]), "b": entry(8, 16, [2])}),
    "outside": safetensors({"a": entry(0, 400, [100])}),
    "shape": safetensors({"a": entry(0, 16, [3])}),
    "dtype": safetensors({"a": entry(0, 16, [16], "F8_E4M3")}),
    "huge": safetensors({"a": entry(0, 16, [2**62, 2**62])}),
    "negative": safetensors({"a": entry(0, 16, [-4])}),
    "backwards": safetensors({"a": entry(16, 0, [4])}),
    "twice": safetensors(b'{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},'
                         b'"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}'),
    "length": struct.pack("<Q", 2**63) + b"{}",
    "rest": safetensors({"a": entry(0, 8, [2])}),
}


def main():
    torch.manual_seed(1)
    torch.save(state(), HERE / "state_dict.pth")
    torch.save({"epoch": 3, "lr": 0.1, "best": None, "state_dict": state()}, HERE / "checkpoint.pth")
    torch.save(torch.nn.Linear(2, 1), HERE / "module.pth")
    pickles = CORPORA / "state_pickle"
    for name in ("state_dict", "checkpoint", "module"):
        archive = zipfile.ZipFile(HERE / f"{name}.pth")
        (pickles / f"{name}.pkl").write_bytes(archive.read(f"{name}/data.pkl"))
    whole = (pickles / "state_dict.pkl").read_bytes()
    (pickles / "beyond.pkl").write_bytes(whole.replace(b"K\x0c", b"K\x0b"))  # a storage of 11 values for 12
    torch.save({"a": state(), "b": state()}, pickles / "two.pth")
    (pickles / "two.pkl").write_bytes(zipfile.ZipFile(pickles / "two.pth").read("two/data.pkl"))
    (pickles / "two.pth").unlink()
    for name, content in FILES.items():
        (CORPORA / "safetensors" / f"{name}.safetensors").write_bytes(content)


if __name__ == "__main__":
    main()
