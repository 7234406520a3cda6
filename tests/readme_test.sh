#!/bin/sh
# The README's commands do what it says, as it writes them: `flnas` lines are executed, `make` lines are expanded and
# what they would run is read by the program, every command of its table explains itself, and its links lead somewhere.
#   readme_test.sh SOURCES BIN
set -u
cd "$1" || exit 1
bin=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0
fail() { echo "README.md: $*" >&2; failed=1; }

[ "$(wc -l <README.md)" -le 120 ] || fail "longer than 120 lines"

# Indented lines are commands; what follows two blanks and a # is a remark.
commands_of() { sed -n 's/^    //p' "$@" | sed 's/  *#.*//'; }

# Every flag of a `flnas` command is one that the command has.
flags_exist() {
  group=$1
  shift
  help=$("$bin/flnas" "$group" --help 2>&1) || { fail "flnas $group --help fails"; return; }
  for word; do
    case $word in --*) echo "$help" | grep -q -e "$word\>" || fail "flnas $group has no $word" ;; esac
  done
}

makes=0
while read -r program words; do
  [ "$program" = make ] || continue
  makes=$((makes + 1))
  if ! plan=$(eval "make -n $words" 2>/dev/null); then
    fail "make $words: no such target"
    continue
  fi
  # What it would run of flnas, lines joined.
  plan=$(echo "$plan" | sed -e ':join' -e '/\\$/{N;s/\\\n//;b join' -e '}' | sed -n 's|^build[^ ]*/bin/flnas ||p')
  [ -z "$plan" ] || eval "flags_exist $(echo "$plan" | head -n 1 | tr -d '();|&')"
done <<EOF
$(commands_of README.md CONTRIBUTING.md)
EOF
[ "$makes" -ge 3 ] || fail "names no make target"

# Predictions for them: 40 patients, two groups of each attribute.
awk 'BEGIN { print "y_true,y_pred,p,race,age,patient"
  for (i = 0; i < 80; ++i) {
    y = i % 2; wrong = i % 5 == 0
    printf "%d,%d,%.2f,%s,%d,p%d\n", y, wrong ? 1 - y : y, wrong != y ? 0.8 : 0.3, i % 4 < 2 ? "a" : "b", 25 + i % 60, i / 2 } }' \
  >"$folder/preds.csv"
executed=0
while read -r program words; do
  [ "$program" = flnas ] || continue
  executed=$((executed + 1))
  said=$(cd "$folder" && eval "\"$bin/flnas\" $words" 2>&1) || fail "flnas $words: exit code $?: $said"
  [ -n "$said" ] || fail "flnas $words: says nothing"
done <<EOF
$(commands_of README.md)
EOF
[ "$executed" -ge 1 ] || fail "names no flnas command to execute"

# "| `flnas train, evaluate --data DIR` | ..." and "`flnas-bench --platform NAME`": the words before the first flag or argument.
commands=$(sed -n 's/^| \(`flnas.*`\) |.*/\1/p' README.md | grep -o '`flnas[^`]*`' | tr -d '`')
[ -n "$commands" ] || fail "names no command"
while read -r program words; do
  case $program in flnas-bench) "$bin/flnas-bench" --help >/dev/null 2>&1 || fail "flnas-bench --help fails"; continue ;; esac
  [ "$program" = flnas ] || continue
  group=
  case $words in dataset*) group=dataset; words=${words#dataset } ;; esac
  for word in $(echo "$words" | tr -d ','); do
    case $word in [a-z]*) ;; *) break ;; esac
    "$bin/flnas" $group "$word" --help >/dev/null 2>&1 || fail "flnas $group $word --help fails"
  done
done <<EOF
$commands
EOF

# Links of every page but those of reports, which `flnas verify` checks, and the results that the pages name.
pages=$(find . \( -path './build*' -o -path ./out -o -path './reports/results/*' -o -path '*/golden*' -o -path './.*/*' \) -prune \
  -o -name '*.md' -print)
for page in $pages; do
  for link in $(grep -o '\](\([^)#]*\)' "$page" | sed 's/.*](//' | grep -v '^http'); do
    [ -e "${page%/*}/$link" ] || fail "$page links to $link, which is not there"
  done
  for result in $(grep -oE 'reports/results/[a-z0-9][a-z0-9-]*|(isic2019|search)-[a-z0-9-]*px[a-z0-9-]*' "$page" | sed 's|.*/||'); do
    [ -e "reports/results/$result" ] || fail "$page names the result $result, which is not there"
  done
  ! grep -nE '^(<<<<<<<|>>>>>>>) ' "$page" || fail "$page has the marks of a merge"
done
exit $failed
