#!/bin/sh
# The README's commands exist as it writes them: make targets (dry run), every command of its table (--help), its links.
#   readme_test.sh SOURCES BIN
set -u
cd "$1" || exit 1
bin=$2
failed=0
fail() { echo "README.md: $*" >&2; failed=1; }

targets=$(sed -n 's/^    make \([a-z-]*\).*/\1/p' README.md CONTRIBUTING.md | sort -u)
[ -n "$targets" ] || fail "names no make target"
for target in $targets; do
  make -n "$target" >/dev/null 2>&1 || fail "make $target: no such target"
done

# "| `flnas train, evaluate --data DIR` | ..." and "`flnas-bench --platform NAME`": the words before the first flag or argument.
commands=$(sed -n 's/^| \(`flnas.*`\) |.*/\1/p' README.md | grep -o '`flnas[^`]*`' | tr -d '`')
[ -n "$commands" ] || fail "names no command"
echo "$commands" | while read -r program words; do
  case $program in flnas-bench) "$bin/flnas-bench" --help >/dev/null 2>&1 || exit 1; continue ;; esac
  [ "$program" = flnas ] || continue
  group=
  case $words in dataset*) group=dataset; words=${words#dataset } ;; esac
  for word in $(echo "$words" | tr -d ','); do
    case $word in [a-z]*) ;; *) break ;; esac
    "$bin/flnas" $group "$word" --help >/dev/null 2>&1 || { echo "flnas $group $word --help fails" >&2; exit 1; }
  done
done || fail "a command of the table does not exist"

for link in $(grep -ho '\](\([^)#]*\)' README.md CONTRIBUTING.md tests/README.md | sed 's/.*](//' | grep -v '^http'); do
  [ -e "$link" ] || [ -e "tests/$link" ] || fail "links to $link, which is not there"
done
exit $failed
