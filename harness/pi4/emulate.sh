#!/bin/sh
# Runs the arm64 flnas-bench on an emulated Cortex-A72 and compares its answers with this machine's: the same weights and
# images have to give the same logits within 1e-4. Its times are marked `emulated`: they are no Raspberry Pi's.
#   emulate.sh BUILD PI4_BUILD
set -eu

host=$(cd "$1/bin" && pwd)
board=$(cd "$2/bin" && pwd)
sysroot=$(sed -n 's/^FLNAS_SYSROOT:PATH=//p' "$2/CMakeCache.txt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Weights that are no device's own: drawn by its own arithmetic they would differ in the last bits.
"$host/flnas" dataset synth --out data --images 60 --size 32 --seed 1 >log 2>&1 &&
  "$host/flnas" dataset split data --out split.json --images 0 >>log 2>&1 &&
  "$host/flnas" train search3 --data data --split split.json --task binary --size 32 --epochs 1 --device cpu --out run \
    >>log 2>&1 || { cat log >&2; exit 1; }

# Exit code 1 is a verdict, INVALID here for an emulated processor at least.
measure() {
  out=$1
  shift
  "$@" --models run/model.pt --classes 2 --size 32 --batch 2 --threads 1 --passes 1 --retries 0 --no-training-memory \
    --benchmark_min_time=0.01 --out "$out" >"$out.log" 2>&1 || [ $? = 1 ] || { cat "$out.log" >&2; exit 1; }
}
measure host.json "$host/flnas-bench"
measure board.json qemu-aarch64-static -cpu cortex-a72 -L "$sysroot" "$board/flnas-bench"

if ! grep -q '"mark": "emulated"' board.json || grep -q '"mark": "measured"' board.json; then
  echo "emulate.sh: times of an emulated processor are not marked so" >&2
  exit 1
fi
"$host/flnas-bench" compare host.json board.json --force
"$host/flnas-bench" compare host.json board.json --force --json >compared.json
if ! sed -n 's/.*"largest_difference": \([^,]*\).*/\1/p' compared.json |
  awk '{ if ($1 == "null" || $1 + 0 > 1e-4) wrong = 1 } END { exit wrong || NR == 0 }'; then
  echo "emulate.sh: the arm64 program's logits are not this machine's" >&2
  exit 1
fi
echo "emulate.sh: the arm64 program's logits are this machine's within 1e-4 (times: emulated, no Raspberry Pi's)"
