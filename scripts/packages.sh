# shellcheck shell=sh disable=SC2034
# Debian packages that assay is built and tested with; sourced by quickstart.sh and test.sh.
# Why each is there: docs/dependencies.md.

BUILD_PACKAGES="g++ cmake ninja-build libssl-dev libsqlite3-dev libpugixml-dev nlohmann-json3-dev libfmt-dev
  libboost-program-options-dev libxlsxwriter-dev libgumbo-dev libcurl4-openssl-dev libtomlplusplus-dev
  libxml2-dev"
TEST_PACKAGES="catch2 openssl python3 python3-jsonschema libxml2-utils unzip man-db
  cmark-gfm"

# missing_packages LIST: prints those of LIST that are not installed.
missing_packages() {
  for package in $1; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'install ok installed' || printf ' %s' "$package"
  done
}

# install_packages LIST: installs those of LIST that are missing, with sudo unless root.
install_packages() {
  if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
    echo "$0: this is no Debian system. Install what corresponds to these packages, then build with CMake" >&2
    echo "(see CONTRIBUTING.md):" "$1" >&2
    exit 2
  fi
  missing=$(missing_packages "$1")
  [ -n "$missing" ] || return 0
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null; then
      echo "$0: packages are missing, and only root can install them. As root:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends$missing" >&2
      echo "Then run $0 again as this user." >&2
      exit 2
    fi
    as_root=sudo
  fi
  echo "Installing:$missing"
  log=$(mktemp)
  # shellcheck disable=SC2086
  if ! { $as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
      --no-install-recommends $missing; } > "$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "$0: apt-get could not install:$missing (its own words are above)" >&2
    exit 2
  fi
  rm -f "$log"
}
