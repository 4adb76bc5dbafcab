#!/usr/bin/env bash
# sysroot.sh <folder>: unpacks the arm64 libraries that a self-contained `pnn` needs from Debian, for `qemu-aarch64-static -L <folder>`.
# apt keeps its state inside that folder meanwhile, so the machine stays of one architecture. Does nothing where the folder is complete.
set -euo pipefail

packages=(libc6 libstdc++6 libgcc-s1 libssl3 zlib1g)
root=${1:?Asked for no folder; possible is one that may be made.}
[ -e "$root/complete" ] && exit
mkdir -p "$root"
root=$(cd "$root" && pwd)

state=$root/apt
mkdir -p "$state/lists/partial" "$state/archives/partial"
: >"$state/status"
apt=(apt-get -qq
  -o APT::Architecture=arm64 -o APT::Architectures::=arm64
  -o "Dir::State=$state" -o "Dir::State::status=$state/status" -o "Dir::Cache=$state"
  -o Acquire::Languages=none -o APT::Sandbox::User=root)
# Debian's own sources alone: others may know no arm64.
debian=$(find /etc/apt -name debian.sources | head -n 1)
[ -z "$debian" ] || apt+=(-o "Dir::Etc::sourcelist=$debian" -o Dir::Etc::sourceparts=-)

"${apt[@]}" update
cd "$state"
"${apt[@]}" download "${packages[@]}"
for package in ./*.deb; do dpkg-deb -x "$package" "$root"; done
rm -r "$state"
touch "$root/complete"
