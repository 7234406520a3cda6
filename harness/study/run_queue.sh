#!/bin/sh
# `make study`: the runs of queue.txt, one after the other, at the lowest priority. Started again, it goes on where it was.
#   run_queue.sh FLNAS DATA OUT [QUEUE]
# Progress stands in OUT/study.log, a line a part. Finished runs go to reports/results/<part>, without weights and logs, when
# their part ends or the queue is interrupted; where OUT lacks a part, it begins from there.
set -eu
flnas=$1 data=$2 out=$3
here=$(dirname "$0")
queue=${4:-$here/queue.txt}
results=$here/../../reports/results
case "$data|$out" in /*|*"|/"*)
  echo "run_queue.sh: records keep DATA and OUT as they are given here: give both relative to this folder" >&2
  exit 2 ;;
esac
mkdir -p "$out"

say() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*" | tee -a "$out/study.log" >&2; }

# The part's records, of runs that have passed; those of the part as a whole only where it is whole ($2).
keep() {
  [ -d "$out/$1" ] || return 0
  mkdir -p "$results/$1"
  for run in "$out/$1"/runs/*/; do
    grep -qs '"status": "passed"' "$run/run.json" || echo "./runs/$(basename "$run")"
  done >"$out/$1.unfinished"
  [ "${2-}" = whole ] || printf '%s\n' ./reproduce.json ./pooled ./report ./statistics.json ./questions.json >>"$out/$1.unfinished"
  tar -C "$out/$1" --exclude='*.pt' --exclude=logs --exclude=data --exclude='*.lock' --exclude=done \
    --exclude-from="$out/$1.unfinished" -cf - . | tar -C "$results/$1" -xf -
}

# The questions of the queue's first part, by all other parts that have ended too.
answer() {
  first=$(grep -v '^#' "$queue" | awk 'NF { print $1; exit }')
  [ -f "$out/$first/done" ] || return 0
  set --
  for each in "$out"/*/done; do
    [ "$each" = "$out/$first/done" ] || set -- "$@" "${each%/done}"
  done
  [ $# -gt 0 ] || return 0
  "$flnas" report "$out/$first" "$@" </dev/null >>"$out/$first.log" 2>&1 && keep "$first" whole
}

grep -v '^#' "$queue" | while read -r part arguments; do
  [ -n "$part" ] || continue
  if grep -qsxF -e "$arguments" "$out/$part/done"; then continue; fi
  if [ ! -d "$out/$part" ] && [ -d "$results/$part" ]; then cp -r "$results/$part" "$out/$part"; fi
  start=$(date +%s)
  say "$part: begun"
  trap 'keep "$part"; say "$part: interrupted, what has finished is in reports/results/$part"; exit 1' INT TERM
  # shellcheck disable=SC2086  # the arguments are words
  if nice -n 19 "$flnas" reproduce --data "$data" $arguments --out "$out/$part" </dev/null >>"$out/$part.log" 2>&1; then
    "$flnas" verify "$out/$part" </dev/null >>"$out/$part.log" 2>&1 || { say "$part: INVALID, see $out/$part.log"; continue; }
    keep "$part" whole
    echo "$arguments" >>"$out/$part/done"
    answer || say "$part: its records answer no question of the first part, see the log"
    say "$part: done in $((($(date +%s) - start) / 60)) min, copied to reports/results/$part"
  else
    keep "$part"
    say "$part: failed, see $out/$part.log"
  fi
done
