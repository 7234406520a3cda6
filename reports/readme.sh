#!/bin/sh
# Puts the tables of committed reports into the pages that show them: between `<!-- FILE -->` and `<!-- end -->` stands FILE.
set -eu
cd "$(dirname "$0")/.."
for page in README.md reports/results/README.md; do
  awk '
    /^<!-- end -->$/ { inside = 0 }
    !inside { print }
    /^<!-- .*\.md -->$/ {
      inside = 1
      while ((status = (getline line < $2)) > 0) print line
      if (status < 0) { print "readme.sh: cannot read " $2 > "/dev/stderr"; exit 1 }
    }' "$page" >"$page.new" || { rm -f "$page.new"; exit 1; }
  mv "$page.new" "$page"
done
