#!/bin/sh
# Installs what flnas needs on Debian 12 or a recent Ubuntu, by apt; as root or with sudo. On a machine that has it all
# this takes a fraction of a second.
#   --own-libtorch   leave out Debian's libtorch (LIBTORCH names another one)
#   --pdf            also what writes and checks report.pdf
#   --browser        also the browser in which the HTML report is tested
#   --python         also the PyTorch against which the tests compare (it is not used otherwise)
#   --pi4            also what `make pi4` needs to compile for the Raspberry Pi 4, and to emulate it
#   --print          only list the packages
set -eu

packages="g++ cmake ninja-build ccache git ca-certificates
  libopenblas0-openmp nlohmann-json3-dev libfmt-dev libcli11-dev libboost-test-dev libbenchmark-dev
  libssl-dev libcurl4-openssl-dev libarchive-dev libturbojpeg0-dev libopencv-imgproc-dev
  libxgboost-dev libmuparser-dev libeigen3-dev gnuplot-nox"
libtorch="libtorch-dev"
pdf="latexmk texlive-latex-recommended lmodern poppler-utils python3"
browser="chromium chromium-driver"
python="python3-torchvision"
pi4="mmdebstrap debian-archive-keyring crossbuild-essential-arm64 dpkg-dev qemu-user-static"

for argument in "$@"; do
  case "$argument" in
    --own-libtorch) libtorch="" ;;
    --pdf) packages="$packages $pdf" ;;
    --browser) packages="$packages $browser" ;;
    --python) packages="$packages $python" ;;
    --pi4) packages="$packages $pi4" ;;
    --print) printf '%s\n' $packages $libtorch; exit 0 ;;
    *) echo "setup.sh: unknown option $argument (--own-libtorch, --pdf, --browser, --python, --pi4, --print)" >&2; exit 2 ;;
  esac
done

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "setup.sh: no apt on this system; install by hand:" $packages $libtorch >&2
  exit 0
fi
missing=""
for package in $packages $libtorch; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

sudo=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "setup.sh: run as root, or install:$missing" >&2; exit 1; }
  sudo="sudo"
fi
echo "setup.sh: installing$missing" >&2
$sudo apt-get update -q
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -q -y --no-install-recommends $missing
