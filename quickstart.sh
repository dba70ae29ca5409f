#!/bin/sh
# quickstart.sh: from a fresh Debian 12 (or later) with git and apt to a report about this machine.
# Installs what is missing, builds, assesses, and says where the report is. Run again, it is quick.
set -eu
cd "$(dirname "$0")"
. scripts/packages.sh

install_packages "$BUILD_PACKAGES"
if [ ! -f build/release/build.ninja ]; then
  log=$(mktemp)
  cmake --preset release -DASSAY_TESTS=OFF > "$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; exit 2; }
  rm -f "$log"
fi
if [ ! -x build/release/bin/assay ]; then
  echo "Building; the first time this takes a few minutes …"
  cmake --build build/release --target assay
else
  cmake --build build/release --target assay -- --quiet
fi

report=assay-report
code=0
build/release/bin/assay check -o "$report" || code=$?
echo
case $code in
  0) echo "Verdict: everything that was checked held." ;;
  1) echo "Verdict: there are findings. The report says what is wrong and what to do about it." ;;
  3) echo "Verdict: it could not be determined. The report says which evidence is missing." ;;
  *) echo "The assessment did not run (exit code $code); the message above says why." >&2; exit "$code" ;;
esac
echo "Open $(pwd)/$report/report.html in a browser. report.xlsx and report.json say the same;"
echo "evidence.db is what they rest on."
