#!/bin/sh
# run.sh [SECONDS [NAME…]]: builds the fuzz targets with clang, libFuzzer, AddressSanitizer and
# UndefinedBehaviorSanitizer, and runs each for SECONDS (default 60) from its corpus. What it finds
# stays in build/fuzz/found/NAME; put a small case into tests/fuzz/corpus/NAME with the repair.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# -eq 0 ] || shift
command -v clang++ > /dev/null || { echo "run.sh: clang is not installed (apt-get install clang)" >&2; exit 2; }
if [ $# -eq 0 ]; then
  for file in tests/fuzz/*_fuzz.cpp; do
    name=${file##*/}
    set -- "$@" "${name%_fuzz.cpp}"
  done
fi

CC=clang CXX=clang++ cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS=-O1 \
  -DASSAY_SANITIZE=ON -DASSAY_FUZZ=ON > /dev/null
targets=
for name in "$@"; do targets="$targets fuzz_$name"; done
# shellcheck disable=SC2086
cmake --build build/fuzz --target $targets
for name in "$@"; do
  found=build/fuzz/found/$name
  mkdir -p "$found" "build/fuzz/corpus/$name"
  echo "== $name, $seconds s"
  "$(find build/fuzz -name "fuzz_$name" -type f | head -n 1)" -max_total_time="$seconds" -rss_limit_mb=1024 \
    -timeout=10 -print_final_stats=1 -verbosity=0 -artifact_prefix="$found/" \
    "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name"
done
