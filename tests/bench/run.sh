#!/bin/sh
# run.sh [--rounds N] [--build]: measures the release build beside its floor and prints the figures.
set -eu
cd "$(dirname "$0")/../.."
assay=build/release/bin/assay
[ -x "$assay" ] || { echo "run.sh: $assay is not there; run ./quickstart.sh or ./test.sh first" >&2; exit 2; }
floor=$(mktemp)
trap 'rm -f "$floor"' EXIT
cc -O2 -o "$floor" tests/bench/floor.c -ldl
echo "$(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors, $("$assay" --version)"
python3 -B tests/bench/bench.py "$assay" "$floor" . "$@"
cmake --build build/release -j2 --target bench_matching bench_judging bench_writing >/dev/null
echo "Matching probed modules"
build/release/tests/bench_matching
echo "Judging by all packs: this machine, and 100 modules with 10,000 keys (time of the processor)"
evidence=$(mktemp -d)
trap 'rm -rf "$floor" "$evidence"' EXIT
"$assay" probe -q -o "$evidence" >/dev/null
python3 -B tests/bench/large_evidence.py "$evidence/evidence.db" "$evidence/large.db" >/dev/null
build/release/tests/bench_judging "$evidence/evidence.db" "$evidence/large.db"
echo "Writing reports (time of the processor)"
build/release/tests/bench_writing
module=${SOFTHSM2_MODULE:-/usr/lib/softhsm/libsofthsm2.so}
if [ -e "$module" ]; then
  c++ -std=c++20 -O2 -I. -o "$floor" tests/bench/pkcs11_floor.cpp -ldl
  python3 -B tests/bench/pkcs11_bench.py "$assay" "$floor" "$module" "${XDG_CACHE_HOME:-$HOME/.cache}/assay-bench"
else
  echo "SKIPPED: $module is not there; SOFTHSM2_MODULE names another"
fi
