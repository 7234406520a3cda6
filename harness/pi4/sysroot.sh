#!/bin/sh
# Makes the arm64 sysroot that `make pi4` compiles against, from Debian 12's packages, and prints its folder:
#   sysroot.sh [FOLDER]   default ${XDG_CACHE_HOME:-~/.cache}/flnas/sysroot-arm64; 1 GB, a minute
# Nothing is done where it is there already. FLNAS_DEBIAN_MIRROR names another mirror than mmdebstrap's default.
set -eu

sysroot=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/flnas/sysroot-arm64}
packages=libc6-dev,libstdc++-12-dev,libtorch-dev,libopenblas0-openmp,libbenchmark-dev,nlohmann-json3-dev,libfmt-dev
packages=$packages,libcli11-dev,libssl-dev,libcurl4-openssl-dev,libarchive-dev,libturbojpeg0-dev,libjpeg62-turbo-dev,libpng-dev,libopencv-imgproc-dev
packages=$packages,libxgboost-dev,libmuparser-dev,libeigen3-dev

# The same script makes the same sysroot: its own hash tells whether that is there.
version=$(sha256sum <"$0")
if [ "$(cat "$sysroot/.flnas-sysroot" 2>/dev/null)" = "$version" ]; then
  echo "$sysroot"
  exit 0
fi
if [ $# -gt 0 ] && [ -d "$sysroot" ] && [ -n "$(ls -A "$sysroot")" ] && ! [ -e "$sysroot/var/lib/dpkg/arch" ]; then
  echo "sysroot.sh: $sysroot is there and no sysroot; give another folder" >&2
  exit 1
fi

sudo=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "sysroot.sh: run as root, or install sudo" >&2; exit 1; }
  sudo="sudo"
fi
echo "sysroot.sh: making $sysroot" >&2
$sudo rm -rf "$sysroot"
mkdir -p "$sysroot"
sysroot=$(cd "$sysroot" && pwd -P)
$sudo mmdebstrap --quiet --mode=root --arch=arm64 --variant=extract --skip=cleanup/apt/cache \
  --aptopt='APT::Install-Recommends "false"' --include="$packages" bookworm "$sysroot" ${FLNAS_DEBIAN_MIRROR:-} >&2
$sudo chown -R "$(id -u):$(id -g)" "$sysroot"

# No package's own script has run: the links to the BLAS are missing.
lib=usr/lib/aarch64-linux-gnu
for library in libblas.so.3 liblapack.so.3 libopenblas.so.0; do
  ln -sf "openblas-openmp/$library" "$sysroot/$lib/$library"
done

# Nor has dpkg: its database, with the paths of this machine, lets dpkg-shlibdeps find a library's package.
database=$sysroot/var/lib/dpkg
for package in "$sysroot"/var/cache/apt/archives/*.deb; do
  info=$database/info/$(dpkg-deb -f "$package" Package)
  dpkg-deb --fsys-tarfile "$package" | tar -t | sed -e "s,^\.,$sysroot," -e 's,/$,,' >"$info.list"
  for file in symbols shlibs; do
    dpkg-deb -I "$package" $file >"$info.$file" 2>/dev/null || rm -f "$info.$file"
  done
  dpkg-deb -f "$package" | sed 's/^Package:.*/&\nStatus: install ok installed/' >>"$database/status"
  echo >>"$database/status"
done
rm -rf "$sysroot/var/cache/apt/archives"

echo "$version" >"$sysroot/.flnas-sysroot"
echo "$sysroot"
