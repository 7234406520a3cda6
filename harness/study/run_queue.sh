#!/bin/sh
# `make study`: the runs of queue.txt, one after the other, at the lowest priority. Started again, it goes on where it was.
#   run_queue.sh FLNAS DATA OUT [QUEUE]
# Progress stands in OUT/study.log, a line a part; finished records go to reports/results/<part>, without weights and logs.
set -eu
flnas=$1 data=$2 out=$3
here=$(dirname "$0")
queue=${4:-$here/queue.txt}
results=$here/../../reports/results
mkdir -p "$out"

say() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*" | tee -a "$out/study.log" >&2; }

grep -v '^#' "$queue" | while read -r part arguments; do
  [ -n "$part" ] || continue
  if [ -f "$out/$part/done" ]; then continue; fi
  start=$(date +%s)
  say "$part: begun"
  # shellcheck disable=SC2086  # the arguments are words
  if nice -n 19 "$flnas" reproduce --data "$data" $arguments --out "$out/$part" </dev/null >>"$out/$part.log" 2>&1; then
    "$flnas" verify "$out/$part" </dev/null >>"$out/$part.log" 2>&1 || { say "$part: INVALID, see $out/$part.log"; continue; }
    mkdir -p "$results/$part"
    tar -C "$out/$part" --exclude='*.pt' --exclude=logs --exclude=data --exclude='*.lock' -cf - . | tar -C "$results/$part" -xf -
    touch "$out/$part/done"
    rm -f "$results/$part/done"
    say "$part: done in $((($(date +%s) - start) / 60)) min, copied to reports/results/$part"
  else
    say "$part: failed, see $out/$part.log"
  fi
done
