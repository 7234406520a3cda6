#!/bin/sh
# Writes golden files anew: all, or those of the folders named. Look at the difference before you commit it.
#   tests/goldens.sh [reports] [prompts] [metrics] [nn] [train] [proxies] [baselines] [searches]
# reports and prompts come from the programs in BUILD (build), built before; the others from another implementation, by
# PYTHON (python3), which needs torch and torchvision, and for metrics fairlearn, scikit-learn and pymoo (each script
# names the versions).
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
python=${PYTHON:-python3}
[ $# -gt 0 ] || set -- reports prompts metrics nn train proxies baselines searches

by_program() {  # PROGRAM SUITE: its tests write what they would compare with
  [ -x "$build/bin/$1" ] || { echo "$build/bin/$1: not built; cmake --build $build --target $1" >&2; exit 2; }
  FLNAS_WRITE_GOLDEN=1 "$build/bin/$1" --run_test="$2"
}
by_python() {
  for script; do "$python" "tests/$script"; done
}

for name; do
  case $name in
    reports) by_program reports_test golden ;;
    prompts) by_program searches_test prompt; by_program searches_nas_bench_201_test niche_prompts ;;
    metrics) by_python metrics/make_golden.py metrics/make_scores_golden.py metrics/make_pareto_golden.py ;;
    nn) by_python nn/golden/make_autoformer.py nn/golden/make_nas_bench_201.py nn/golden/make_weights.py ;;
    train) by_python train/make_recipe_golden.py ;;
    proxies) by_python proxies/make_golden.py ;;
    baselines) by_python baselines/golden/make_state_dict_keys.py ;;
    searches) by_python searches/spaces/cnn/models/golden/make_sequential.py ;;
    *) echo "tests/goldens.sh: no golden files of '$name'; reports, prompts, metrics, nn, train, proxies, baselines or searches" >&2; exit 2 ;;
  esac
done
git --no-pager diff --stat -- tests
