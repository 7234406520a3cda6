"""Peer of decode_bench: torchvision's PIL pipeline, one thread, images per second.

python3 decode_bench.py FOLDER...      each a folder of JPEG files
Prints one JSON object per line: {"folder", "files", "images_per_second"}, by processor time as Google Benchmark does,
the best of five passes.
"""

import json
import pathlib
import sys
import time

import torch
from PIL import Image
from torchvision import transforms

SIZE = 224
MOST_FILES = 200
PASSES = 5


def main():
    torch.set_num_threads(1)
    resize = transforms.Resize((SIZE, SIZE))
    for folder in sys.argv[1:]:
        files = sorted(pathlib.Path(folder).glob("*.jpg"))[:MOST_FILES]
        if not files:
            sys.exit(f"error: {folder}: no .jpg files; give folders of JPEG files")
        best = float("inf")
        for _ in range(PASSES):
            start = time.process_time()
            for file in files:
                with Image.open(file) as image:
                    resize(image.convert("RGB"))
            best = min(best, time.process_time() - start)
        print(json.dumps({"folder": folder, "files": len(files), "images_per_second": round(len(files) / best, 1)}))


if __name__ == "__main__":
    main()
