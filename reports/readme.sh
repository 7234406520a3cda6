#!/bin/sh
# Puts the tables of committed reports into the README anew: between `<!-- FILE -->` and `<!-- end -->` stands FILE.
set -eu
cd "$(dirname "$0")/.."
awk '
  /^<!-- end -->$/ { inside = 0 }
  !inside { print }
  /^<!-- .*\.md -->$/ {
    inside = 1
    while ((status = (getline line < $2)) > 0) print line
    if (status < 0) { print "readme.sh: cannot read " $2 > "/dev/stderr"; exit 1 }
  }' README.md >README.md.new || { rm -f README.md.new; exit 1; }
mv README.md.new README.md
