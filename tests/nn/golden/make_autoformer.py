#!/usr/bin/python3
"""Writes autoformer.json: logits of one of AutoFormer's subnets, from its description in PyTorch's own operations, where the
relative positions of every pair of tokens are vectors of their own.

    python3 tests/nn/golden/make_autoformer.py

Needs torch. Parameters, by name in alphabetic order (p, from 0), have values by formula: element n of a norm's weight is
1 + 0.1 sin(n + p), of a bias 0.1 cos(n + p), of a weight with fan-in f sin(0.37 n + p) / sqrt(f), of any other
0.3 sin(0.37 n + p); element n of the two images is 0.5 + 0.5 sin(0.011 n).
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
CLASSES, SIZE = 5, 48
SUBNET = {
    "space": "autoformer-tiny", "width": 192,
    "layers": [{"heads": 3 + i % 2, "mlp_ratio": (3.0, 3.5, 4.0)[i % 3]} for i in range(12)],
}


def shapes():
    width, tokens = SUBNET["width"], (SIZE // 16) ** 2 + 1
    out = {"cls_token": (1, 1, width), "pos_embed": (1, tokens, width), "patch_embed_super.proj.weight": (width, 3, 16, 16),
           "patch_embed_super.proj.bias": (width,), "norm.weight": (width,), "norm.bias": (width,)}

    def linear(name, into, outof):
        out[f"{name}.weight"], out[f"{name}.bias"] = (outof, into), (outof,)

    linear("head", width, CLASSES)
    for i, layer in enumerate(SUBNET["layers"]):
        name, inner, hidden = f"blocks.{i}", 64 * layer["heads"], int(width * layer["mlp_ratio"])
        linear(f"{name}.attn.qkv", width, 3 * inner)
        linear(f"{name}.attn.proj", inner, width)
        for side in "kv":
            for table in "vh":
                out[f"{name}.attn.rel_pos_embed_{side}.embeddings_table_{table}"] = (30, 64)
        for norm in ("attn", "ffn"):
            out[f"{name}.{norm}_layer_norm.weight"] = out[f"{name}.{norm}_layer_norm.bias"] = (width,)
        linear(f"{name}.fc1", width, hidden)
        linear(f"{name}.fc2", hidden, width)
    return out


def fill(name, shape, p):
    n = torch.arange(math.prod(shape), dtype=torch.float64)
    if name.endswith("norm.weight"):
        values = 1 + 0.1 * torch.sin(n + p)
    elif name.endswith(".bias"):
        values = 0.1 * torch.cos(n + p)
    elif name.endswith(".weight"):
        values = torch.sin(0.37 * n + p) / math.sqrt(math.prod(shape[1:]))
    else:
        values = 0.3 * torch.sin(0.37 * n + p)
    return values.reshape(shape)


def relative(w, prefix, side):
    """[T, T, 64]: from each token to each other one; the class token has vectors of its own."""
    tokens = side * side + 1
    table = torch.empty(tokens, tokens, 64, dtype=torch.float64)
    v, h = w[f"{prefix}.embeddings_table_v"], w[f"{prefix}.embeddings_table_h"]
    for i in range(tokens):
        for j in range(tokens):
            if i == 0 or j == 0:
                table[i, j] = v[0] + h[0]
            else:
                down = (j - 1) // side - (i - 1) // side
                right = (j - 1) % side - (i - 1) % side
                table[i, j] = v[down + 15] + h[right + 15]
    return table


def norm(x, w, name):
    return F.layer_norm(x, (SUBNET["width"],), w[f"{name}.weight"], w[f"{name}.bias"])


def linear(x, w, name):
    return F.linear(x, w[f"{name}.weight"], w[f"{name}.bias"])


def attention(x, w, name, heads, side):
    batch, tokens, _ = x.shape
    q, k, v = linear(x, w, f"{name}.qkv").chunk(3, dim=2)
    split = lambda t: t.reshape(batch, tokens, heads, 64)
    q, k, v = split(q), split(k), split(v)
    for_keys, for_values = (relative(w, f"{name}.rel_pos_embed_{s}", side) for s in "kv")
    scores = torch.einsum("bihd,bjhd->bhij", q, k) + torch.einsum("bihd,ijd->bhij", q, for_keys)
    weights = torch.softmax(scores / 8, dim=3)
    out = torch.einsum("bhij,bjhd->bihd", weights, v) + torch.einsum("bhij,ijd->bihd", weights, for_values)
    return linear(out.reshape(batch, tokens, heads * 64), w, f"{name}.proj")


def forward(w, images):
    x = F.conv2d(images, w["patch_embed_super.proj.weight"], w["patch_embed_super.proj.bias"], stride=16)
    side = x.shape[-1]
    x = x.flatten(2).transpose(1, 2)
    x = torch.cat([w["cls_token"].repeat(len(x), 1, 1), x], dim=1) + w["pos_embed"]
    for i, layer in enumerate(SUBNET["layers"]):
        name = f"blocks.{i}"
        x = x + attention(norm(x, w, f"{name}.attn_layer_norm"), w, f"{name}.attn", layer["heads"], side)
        x = x + linear(F.gelu(linear(norm(x, w, f"{name}.ffn_layer_norm"), w, f"{name}.fc1")), w, f"{name}.fc2")
    return linear(norm(x, w, "norm")[:, 1:].mean(dim=1), w, "head")


def main():
    n = torch.arange(2 * 3 * SIZE * SIZE, dtype=torch.float64)
    images = (0.5 + 0.5 * torch.sin(0.011 * n)).reshape(2, 3, SIZE, SIZE)
    sizes = shapes()
    w = {name: fill(name, sizes[name], p) for p, name in enumerate(sorted(sizes))}
    logits = forward(w, images)
    out = {"subnet": SUBNET, "size": SIZE, "parameters": sum(t.numel() for t in w.values()),
           "logits": [[round(float(v), 7) for v in row] for row in logits]}
    (HERE / "autoformer.json").write_text(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
