#!/bin/sh
# test.sh [CTEST-OPTION…]: installs what the tests need, builds everything, runs all tests, and ends in
# CTest's summary. More runs when real modules are there: see docs/testing.md.
set -eu
cd "$(dirname "$0")"
. scripts/packages.sh

install_packages "$BUILD_PACKAGES $TEST_PACKAGES"
log=$(mktemp)
cmake --preset release -DASSAY_TESTS=ON > "$log" 2>&1 ||
  { cat "$log" >&2; rm -f "$log"; exit 2; }
rm -f "$log"
cmake --build build/release
python3 -B tests/house/scorecard.py .
CTEST_PARALLEL_LEVEL=${CTEST_PARALLEL_LEVEL:-$(nproc)} ctest --preset release "$@"
