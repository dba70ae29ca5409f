#pragma once

#include <cstdlib>
#include <stdexcept>

#include "tests/catch.h"
#include "tests/traps/assay.h"

namespace tests {

/// The folder that holds the real modules: ASSAY_TARGETS, else where docs/testing.md puts them.
inline std::string targets() {
  const char* folder = std::getenv("ASSAY_TARGETS");
  return folder == nullptr ? "/tmp/assay-targets" : folder;
}

/// False, said loudly, if this machine lacks the real module `path` below the targets.
inline bool has_target(const std::string& path) {
  if (fs::exists(targets() + "/" + path)) return true;
  WARN("SKIP: no " + targets() + "/" + path + "; docs/testing.md says how to get real modules");
  return false;
}

constexpr const char* kLibraries = "/usr/lib/x86_64-linux-gnu";

/// The unpacked packages of a suite of Debian.
inline std::string unpacked(const std::string& suite) { return targets() + "/roots/" + suite; }

/// The files of an unpacked system that its OpenSSL needs, copied; links to absolute paths stay so.
inline void copy_openssl(const std::string& from, const std::string& to) {
  fs::create_directories(to + kLibraries);
  for (const auto& entry : fs::directory_iterator(from + kLibraries)) {
    const std::string name = entry.path().filename();
    for (const char* wanted :
         {"libc.so", "libm.so", "libdl.so", "libpthread.so", "ld-linux", "libcrypto.so",
          "libssl.so", "libz.so", "libzstd.so", "ossl-modules"})
      if (name.starts_with(wanted))
        fs::copy(entry.path(), to + kLibraries + "/" + name,
                 fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  }
  fs::create_directories(to + "/usr/lib64");
  fs::create_symlink(std::string(kLibraries) + "/ld-linux-x86-64.so.2",
                     to + "/usr/lib64/ld-linux-x86-64.so.2");
  fs::create_symlink("usr/lib", to + "/lib");
  fs::create_symlink("/usr/lib64", to + "/lib64");
  fs::create_directories(to + "/usr/lib/ssl");
  fs::create_symlink("/etc/ssl/openssl.cnf", to + "/usr/lib/ssl/openssl.cnf");
  tests::write(to + "/etc/os-release", "ID=debian\nVERSION_ID=13\nPRETTY_NAME=\"small\"\n");
}

/// `text` with the one place where `from` stands replaced.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("no \"" + from + "\" to replace");
  return text.replace(at, from.size(), to);
}

/// The configuration of the OpenSSL documents (fips_module(7)): FIPS and base provider active, and
/// fips=yes the default property. `folder` holds fipsmodule.cnf.
inline std::string usual_configuration(const std::string& folder) {
  return "openssl_conf = openssl_init\n"
         ".include " +
         folder +
         "/fipsmodule.cnf\n"
         "[openssl_init]\n"
         "providers = provider_sect\n"
         "alg_section = algorithm_sect\n"
         "[provider_sect]\n"
         "fips = fips_sect\n"
         "base = base_sect\n"
         "[base_sect]\n"
         "activate = 1\n"
         "[algorithm_sect]\n"
         "default_properties = fips=yes\n";
}

/// A folder with a FIPS provider and its configuration, to be spoilt in one way.
class Installation {
 public:
  /// A copy of the provider built from source (`state` "openssl30-fips30") or of another target.
  explicit Installation(const std::string& state = "openssl30-fips30") {
    fs::permissions(path(), fs::perms(0755));
    const std::string from = targets() + "/state/" + state;
    if (fs::exists(from + "/fips.so")) fs::copy_file(from + "/fips.so", path() + "/fips.so");
    write(settings(), contents(from + "/fipsmodule.cnf"));
    write(configuration(), usual_configuration(path()));
  }

  const std::string& path() const { return folder_.path(); }
  std::string module() const { return path() + "/fips.so"; }
  std::string settings() const { return path() + "/fipsmodule.cnf"; }
  std::string configuration() const { return path() + "/openssl.cnf"; }

  /// Replaces a piece of a file.
  void change(const std::string& file, const std::string& from, const std::string& to) const {
    write(file, replaced(contents(file), from, to));
  }

  Assay assay() const {
    Assay result;
    result.options = {"--openssl-conf", configuration(), "--openssl-modules", path()};
    return result;
  }

  Checked check() const { return assay().check(); }

 private:
  base::TemporaryFolder folder_;
};

}  // namespace tests
