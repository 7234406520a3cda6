#!/bin/sh
# Packs flnas-bench of the cross build into a .deb and prints its path:
#   package.sh BUILD
# It depends on the packages whose libraries the program loads; dpkg-shlibdeps finds them, and their versions, in the sysroot.
set -eu

build=$1
sysroot=$(sed -n 's/^FLNAS_SYSROOT:PATH=//p' "$build/CMakeCache.txt")
staged=$build/package
rm -rf "$staged"
mkdir -p "$staged/debian/flnas/DEBIAN"  # by which dpkg-shlibdeps knows a package's folder
printf 'Source: flnas\n\nPackage: flnas\nArchitecture: arm64\n' >"$staged/debian/control"
cmake --install "$build" --component flnas-bench --prefix "$staged/debian/flnas/usr" >/dev/null
depends=$(cd "$staged" && DEB_HOST_ARCH=arm64 dpkg-shlibdeps -O --admindir="$sysroot/var/lib/dpkg" \
  "-l$sysroot/usr/lib/aarch64-linux-gnu" "-l$sysroot/lib/aarch64-linux-gnu" -edebian/flnas/usr/bin/flnas-bench)
depends=${depends#shlibs:Depends=}

# A later commit is a later version, so that apt replaces the installed one.
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
if commit=$(git log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S 2>/dev/null); then version=$version+git$commit; fi
cd "$build"
rm -f ./*.deb
cpack -G DEB -D CPACK_DEBIAN_PACKAGE_VERSION="$version" -D CPACK_DEBIAN_PACKAGE_DEPENDS="libopenblas0-openmp, $depends" \
  >package/cpack.log || { cat package/cpack.log >&2; exit 1; }
ls "$PWD"/*.deb
