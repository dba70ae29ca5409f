# Debian packages that assay is built and tested with; sourced by quickstart.sh and test.sh.
# Why each is there: docs/dependencies.md.

BUILD_PACKAGES="g++ cmake ninja-build libssl-dev libsqlite3-dev libpugixml-dev nlohmann-json3-dev libfmt-dev
  libboost-program-options-dev libxlsxwriter-dev"
TEST_PACKAGES="catch2 openssl python3 python3-jsonschema libxml2-utils unzip man-db"

# install_packages LIST: installs those of LIST that are missing, with sudo unless root.
install_packages() {
  missing=""
  for package in $1; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "Installing:$missing"
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || { echo "Run this as root, or install:$missing" >&2; exit 2; }
    as_root=sudo
  fi
  # shellcheck disable=SC2086
  { $as_root apt-get update -q && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q \
      --no-install-recommends $missing; } > /tmp/assay-install.$$ 2>&1 ||
    { cat /tmp/assay-install.$$; rm -f /tmp/assay-install.$$; exit 2; }
  rm -f /tmp/assay-install.$$
}
