#!/bin/sh
# test.sh: installs what the tests need, builds everything, runs all tests, and ends in CTest's summary.
# More runs when real modules are there: see docs/testing.md.
set -eu
cd "$(dirname "$0")"
. scripts/packages.sh

install_packages "$BUILD_PACKAGES $TEST_PACKAGES"
cmake --preset release -DASSAY_TESTS=ON -DASSAY_WERROR="${ASSAY_WERROR:-OFF}" > /dev/null
cmake --build build/release
ctest --preset release "$@"
