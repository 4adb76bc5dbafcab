#!/usr/bin/env bash
# Makes artifacts/arm64 for TrainingOnArm64Tests: `pnn` for linux-arm64, and the libraries that it needs from Debian.
set -euo pipefail
cd "$(dirname "$0")/../../.."

tests/PnnEdge.EndToEnd.Tests/Arm64/sysroot.sh artifacts/arm64/sysroot
rm -rf artifacts/arm64/pnn
dotnet publish host/PnnEdge.Cli -c Release -r linux-arm64 --self-contained -v quiet -o artifacts/arm64/pnn
