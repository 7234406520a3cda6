#!/bin/sh
# Two runs of the suite on this machine, and how far their medians agree. Leave the machine alone meanwhile.
#   agreement.sh BUILD [flags of flnas-bench]
set -eu
build=$1
shift
[ $# -gt 0 ] || set -- --models search1,search2,search3,mobilenet_v2 --batch 2 --passes 3 --no-training-memory \
  --benchmark_min_time=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Exit code 1 is the verdict INVALID; compare names the benchmarks that it is about.
for run in first second; do
  "$build/bin/flnas-bench" --platform host "$@" --out "$work/$run.json" || [ $? = 1 ]
done
"$build/bin/flnas-bench" compare "$work/first.json" "$work/second.json"
