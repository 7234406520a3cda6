#!/bin/sh
# Decoding and resizing, ours and torchvision's PIL pipeline, on the same synthetic JPEG files. $1: build, $2: scratch.
set -eu
build=$1
work=$2
for size in 224 1024; do
  "$build/bin/flnas" dataset synth --out "$work/synth$size" --images 100 --size "$size" --seed 1 >/dev/null
done
set -- "$work/synth224/ISIC_2019_Training_Input" "$work/synth1024/ISIC_2019_Training_Input"
"$build/bin/decode_bench" "$@"
if /usr/bin/python3 -c 'import torchvision' 2>/dev/null; then
  echo "torchvision's PIL pipeline, one thread:"
  /usr/bin/python3 "$(dirname "$0")/decode_bench.py" "$@"
else
  echo "(for the comparison: apt-get install python3-torchvision)"
fi
