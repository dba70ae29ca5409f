// The library here is ours (tests/pkcs11/fake_changes.c), and so is its small system: the dynamic
// loader and the C library of this machine.
#include <sys/socket.h>
#include <sys/un.h>

#include "tests/traps/fixture.h"

namespace {

using Catch::Contains;
using tests::Checked;
using tests::Texts;
namespace fs = std::filesystem;

const std::string kLibrary = ASSAY_BINARY_DIR "/tests/pkcs11/fake_changes.so";

// What a folder holds: names with sizes and permission bits.
Texts listing(const std::string& folder) {
  Texts found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const bool file = entry.is_regular_file() && !entry.is_symlink();
    std::string name = entry.path().filename();
    if (name.starts_with("unique-")) name = "unique";
    found.push_back(name + (file ? " " + std::to_string(entry.file_size()) : ""));
  }
  std::sort(found.begin(), found.end());
  return found;
}

void fill(const std::string& folder) {
  fs::create_directories(folder + "/empty");
  for (const char* name : {"doomed", "old", "kept"}) tests::write(folder + "/" + name, "text");
}

// A system with nothing but what a program needs to start.
bool make_system(const std::string& root) {
  const std::string loader = "/lib64/ld-linux-x86-64.so.2";
  const std::string library = "/lib/x86_64-linux-gnu/libc.so.6";
  if (!fs::exists(loader) || !fs::exists(library)) return false;
  for (const std::string& path : {loader, library}) {
    fs::create_directories(fs::path(root + path).parent_path());
    fs::copy_file(fs::canonical(path), root + path);
  }
  fs::create_directories(root + fs::path(kLibrary).parent_path().string());
  fs::copy_file(kLibrary, root + kLibrary);
  return true;
}

// A daemon that listens at a path.
class Daemon {
 public:
  explicit Daemon(const std::string& path) : socket_(socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        listen(socket_, 4) != 0)
      throw std::runtime_error("no daemon at " + path);
  }
  ~Daemon() { close(socket_); }
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

 private:
  int socket_;
};

Checked check(const Texts& options, const std::string& folder) {
  tests::Assay assay;
  assay.options = {kLibrary, "--pkcs11-env", "ASSAY_FAKE_FOLDER=" + folder};
  assay.options.insert(assay.options.end(), options.begin(), options.end());
  return assay.check();
}

const Texts kChanged = {"created 1", "kept 0",   "link",        "made",
                        "new 4",     "opened 1", "opened at 1", "unique 1"};

}  // namespace

TEST_CASE("what a library changes below another root is changed there and not on this machine") {
  const base::TemporaryFolder root, here;
  if (!make_system(root.path())) {
    WARN("SKIP: this machine has no loader and C library for x86-64");
    return;
  }
  fill(here.path());
  fill(root.path() + here.path());
  const Texts before = listing(here.path());
  const Checked checked = check({"--root", root.path()}, here.path());
  INFO(checked.errors);
  CHECK(listing(here.path()) == before);
  CHECK(listing(root.path() + here.path()) == kChanged);
}

TEST_CASE("a library of another root does not reach a daemon of this machine") {
  const base::TemporaryFolder root, here;
  if (!make_system(root.path())) {
    WARN("SKIP: this machine has no loader and C library for x86-64");
    return;
  }
  fill(root.path() + here.path());
  const Daemon daemon(here.path() + "/daemon");
  CHECK_THAT(check({"--root", root.path()}, here.path()).everything(), Contains("no daemon"));
  const Daemon inside(root.path() + here.path() + "/daemon");
  fill(root.path() + here.path());
  CHECK_THAT(check({"--root", root.path()}, here.path()).everything(),
             Contains("a daemon answered"));
}

TEST_CASE("without a root a library changes what it means to change") {
  const base::TemporaryFolder here;
  fill(here.path());
  CHECK_THAT(check({}, here.path()).everything(), Contains("no daemon"));
  CHECK(listing(here.path()) == kChanged);
}
