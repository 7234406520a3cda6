#!/usr/bin/env bash
# Writes an SPDX 2.3 document of built programs: the libraries that they load and the Debian packages these come from, with
# their versions. Usage: harness/sbom.sh OUT.spdx.json VERSION PROGRAM...
# The same build gives the same bytes: its date is that of the commit (or SOURCE_DATE_EPOCH).
set -euo pipefail
(($# >= 3)) || { echo "usage: harness/sbom.sh OUT.spdx.json VERSION PROGRAM..." >&2; exit 2; }
out=$1 version=$2
shift 2
for program in "$@"; do
  [ -x "$program" ] || { echo "error: $program: not built; run \`make build\` first" >&2; exit 1; }
done
commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
created=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)

quoted() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g' | tr -d '\000-\037')"; }
id() { printf 'SPDXRef-%s' "$(printf '%s' "$1" | tr -c 'A-Za-z0-9.-' '-')"; }

# LIBRARY<tab>PACKAGE<tab>VERSION, a line each; a library of no package is named by its file. dpkg knows a file by the name
# that it was installed under, with /usr or without.
libraries() {
  local -A owner version_of
  local -a files
  local file package package_version
  mapfile -t files < <(ldd "$@" | awk '$2 == "=>" && $3 ~ /^\// {print $3}' | xargs -r realpath | LC_ALL=C sort -u)
  while IFS=$'\t' read -r package file; do owner[/usr${file#/usr}]=$package; done < <(
    dpkg-query -S "${files[@]}" "${files[@]#/usr}" 2>/dev/null | sed -E 's/^([^:, ]+)[^/]*: /\1\t/')
  while IFS=$'\t' read -r package package_version; do version_of[$package]=$package_version; done < <(
    dpkg-query -W -f '${Package}\t${Version}\n' "${owner[@]}" 2>/dev/null)
  for file in "${files[@]}"; do
    package=${owner[/usr${file#/usr}]:-}
    printf '%s\t%s\t%s\n' "$(basename "$file")" "${package:-$(basename "$file")}" "${package:+${version_of[$package]}}"
  done
}

list=$(libraries "$@")
packages=$(printf '%s\n' "$list" | cut -f 2,3 | LC_ALL=C sort -u)
{
  printf '{\n  "spdxVersion": "SPDX-2.3",\n  "dataLicense": "CC0-1.0",\n  "SPDXID": "SPDXRef-DOCUMENT",\n'
  printf '  "name": %s,\n' "$(quoted "flnas-$version")"
  printf '  "documentNamespace": %s,\n' "$(quoted "https://spdx.org/spdxdocs/flnas-$version-$commit")"
  printf '  "creationInfo": {"created": "%s", "creators": ["Tool: flnas harness/sbom.sh"]},\n' "$created"
  printf '  "documentDescribes": ["SPDXRef-flnas"],\n  "packages": [\n'
  printf '    {"SPDXID": "SPDXRef-flnas", "name": "flnas", "versionInfo": %s, "downloadLocation": "NOASSERTION", ' \
    "$(quoted "$version (commit $commit)")"
  printf '"filesAnalyzed": false, "licenseConcluded": "MIT", "licenseDeclared": "MIT", "copyrightText": "NOASSERTION"}'
  while IFS=$'\t' read -r name package_version; do
    [ -n "$name" ] || continue
    files=$(printf '%s\n' "$list" | awk -F '\t' -v p="$name" '$2 == p {printf "%s%s", (n++ ? ", " : ""), $1}')
    printf ',\n    {"SPDXID": "%s", "name": %s, "versionInfo": %s, "downloadLocation": "NOASSERTION", ' \
      "$(id "$name")" "$(quoted "$name")" "$(quoted "${package_version:-NOASSERTION}")"
    printf '"filesAnalyzed": false, "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", '
    printf '"copyrightText": "NOASSERTION", "comment": %s' "$(quoted "$files")"
    if [ -n "$package_version" ]; then
      printf ', "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": %s}]' \
        "$(quoted "pkg:deb/debian/$name@$package_version")"
    fi
    printf '}'
  done <<<"$packages"
  printf '\n  ],\n  "relationships": [\n'
  printf '    {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-flnas"}'
  while IFS=$'\t' read -r name _; do
    [ -n "$name" ] || continue
    printf ',\n    {"spdxElementId": "SPDXRef-flnas", "relationshipType": "DYNAMIC_LINK", "relatedSpdxElement": "%s"}' \
      "$(id "$name")"
  done <<<"$packages"
  printf '\n  ]\n}\n'
} >"$out.tmp"
mv "$out.tmp" "$out"
echo "$out: $(printf '%s\n' "$packages" | grep -c .) packages"
