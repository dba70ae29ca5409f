#pragma once

#include <unistd.h>

#include "tests/traps/fixture.h"

namespace tests {

/// Where Debian keeps libraries.
inline const std::string kDebianLibraries = "/usr/lib/x86_64-linux-gnu";

/// False, said loudly, if this test may not load a module inside of another root.
inline bool may_enter_roots() {
  if (geteuid() == 0) return true;
  WARN("SKIP: only root may load a module inside of another root");
  return false;
}

/// A daemon of the real modules, for as long as this lives. One that runs already is left running.
class RealDaemon {
 public:
  explicit RealDaemon(std::string name) : name_(std::move(name)) {
    if (name_.empty() || is("status")) return;
    // A TPM that is switched off without a farewell takes it for a wrong PIN, and is soon locked.
    if (fs::exists(state())) fs::copy(state(), kept_.path(), fs::copy_options::recursive);
    started_ = is("start");
    if (!started_) WARN("SKIP: the daemon " + name_ + " does not start here");
  }
  ~RealDaemon() {
    if (!started_ || !is("stop") || !fs::exists(state())) return;
    std::error_code failed;  // A destructor throws nothing.
    fs::copy(kept_.path(), state(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing, failed);
  }
  RealDaemon(const RealDaemon&) = delete;
  RealDaemon& operator=(const RealDaemon&) = delete;

  bool is_up() const { return name_.empty() || started_ || is("status"); }

 private:
  bool is(const std::string& word) const {
    return run_program({targets() + "/bin/svc", word, name_},
                       {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"}, "/dev/null", "/dev/null") == 0;
  }

  // What the daemon keeps from one start to the next; not all do.
  std::string state() const { return targets() + "/state/" + name_; }

  std::string name_;
  base::TemporaryFolder kept_;
  bool started_ = false;
};

/// A system of the real modules ("trixie"), which sees a folder of ours as its /tmp and nothing of
/// it changed: stores are copied there, so that no test writes to those that others use.
class RealSystem {
 public:
  explicit RealSystem(const std::string& suite) : root_(targets() + "/roots/" + suite) {
    fs::permissions(shared(), fs::perms(0755));
  }

  /// A folder that the system sees as /tmp.
  const std::string& shared() const { return folder_.path(); }

  /// Copies the state of a real module to /tmp of the system.
  void copy(const std::string& state, const std::string& name) const {
    fs::copy(targets() + "/state/" + state, shared() + "/" + name, fs::copy_options::recursive);
  }

  /// A store of SoftHSM2 with the token that the targets have, and its configuration.
  void copy_softhsm() const {
    copy("softhsm2/tokens", "tokens");
    write(shared() + "/softhsm2.conf", "directories.tokendir = /tmp/tokens\n");
  }

  /// The configuration of OpenSSL with its FIPS provider, and FreeHSM with its store.
  void copy_freehsm() const {
    copy("freehsm/tokens", "tokens");
    copy("freehsm/libfreehsm.so", "libfreehsm.so");
    copy("openssl36/fipsmodule.cnf", "fipsmodule.cnf");
    write(shared() + "/openssl.cnf", usual_configuration("/tmp"));
  }

  /// Puts a copy in place of a folder of the system, as its programs see it.
  void cover(const std::string& folder) {
    const std::string copied = shared() + "/covered" + folder;
    fs::create_directories(fs::path(copied).parent_path());
    if (run_program({"cp", "-a", root_ + folder, copied}, {"PATH=/usr/bin:/bin"}, "/dev/null",
                    "/dev/null") != 0)
      throw std::runtime_error(root_ + folder + " cannot be copied");
    covered_.push_back(folder);
  }

  /// `assay check` of a module of that system, loaded inside of it.
  Assay assay(const std::string& module, const Texts& options = {}) const {
    Assay result;
    // openCryptoki of two suites would meet in one /dev/shm.
    std::string mounts = "mount -t tmpfs none /dev/shm && mount --bind \"$0\" \"$1/tmp\"";
    for (const std::string& folder : covered_)
      mounts += " && mount --bind \"$0/covered" + folder + "\" \"$1" + folder + "\"";
    result.through = {"unshare", "-m", "sh", "-c", mounts + " && shift && \"$@\"", shared(), root_};
    result.options = {"--root", root_, "--chroot", "--pack", "pkcs11", module};
    result.options.insert(result.options.end(), options.begin(), options.end());
    return result;
  }

 private:
  std::string root_;
  Texts covered_;
  base::TemporaryFolder folder_;
};

}  // namespace tests
