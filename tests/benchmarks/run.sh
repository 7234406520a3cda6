#!/bin/sh
# `make bench`: the Google Benchmark programs, and their Python counterparts where Python has torch and torchvision.
# Leave the machine alone while it runs. $1: the build folder.
set -eu
build=${1:-build}
here=$(dirname "$0")

echo "## Decoding and resizing"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests/benchmarks/decode.sh "$build" "$work"

echo
echo "## What flnas-bench adds to a latency: p50_us by suite less p50_us by hand"
"$build/bin/overhead_bench"

echo
echo "## Searches on tables"
tables=../shared/data/nasbench
[ -d "$tables" ] || tables=datasets/nas/miniature
"$build/bin/table_search_bench" "$tables"

echo
echo "## Zero-cost proxies"
if /usr/bin/python3 -c 'import torch' 2>/dev/null; then
  "$here/compare_proxies.py" "$build/bin/proxies_bench"
else
  "$build/bin/proxies_bench"
fi

echo
echo "## Epochs: waiting for data, resident memory"
"$build/bin/epochs_bench" "$work/epochs"

echo
echo "## Training steps"
"$build/bin/train_step_bench"
if /usr/bin/python3 -c 'import torch' 2>/dev/null; then
  echo
  "$here/compare.py" "$build/bin/train_step_bench"
else
  echo "(for the comparison with Python: apt-get install python3-torch python3-torchvision)"
fi
