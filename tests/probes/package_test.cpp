// Expected values: what `dpkg -S` says of the same database.
#include "evidence/probes/package.h"

#include <cstdlib>

#include "evidence/probes/libraries.h"
#include "tests/catch.h"
#include "tests/probes/fake_host.h"

using evidence::probes::PackageDatabase;
using tests::FakeHost;

namespace {

const std::string kLibrary = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3";

FakeHost debian(const std::string& listed) {
  FakeHost host;
  host.files = {
      {"/var/lib/dpkg/info/libssl3:amd64.list", "/.\n/usr\n" + listed + "\n"},
      {"/var/lib/dpkg/info/libssl3:i386.list", "/usr/lib/i386-linux-gnu/libcrypto.so.3\n"},
      {"/var/lib/dpkg/info/zsh.list", "/bin/zsh\n"},
      {"/var/lib/dpkg/status",
       "Package: libssl3\nArchitecture: i386\nVersion: 3.0.9-1\n\n"
       "Package: libssl3\nArchitecture: amd64\nVersion: 3.0.22-1~deb12u1\n\n"
       "Package: zsh\nArchitecture: amd64\nVersion: 5.9\n"},
      {kLibrary, ""}};
  return host;
}

}  // namespace

TEST_CASE("the owner of a file is found with the version of its architecture") {
  const auto owner = PackageDatabase(debian(kLibrary)).owner_of(kLibrary, "ssl");
  CHECK(owner.name == "libssl3");
  CHECK(owner.version == "3.0.22-1~deb12u1");
  CHECK(PackageDatabase(debian(kLibrary)).owner_of("/bin/zsh", "ssl").version == "5.9");
}

TEST_CASE("a list may name the file below /lib where that is a link to /usr/lib") {
  auto host = debian("/lib/x86_64-linux-gnu/libcrypto.so.3");
  CHECK(PackageDatabase(host).owner_of(kLibrary, "ssl").name.empty());
  host.links["/lib"] = "/usr/lib";
  CHECK(PackageDatabase(host).owner_of(kLibrary, "ssl").name == "libssl3");
}

TEST_CASE("a file that no package owns is told from one that nobody can tell of") {
  const auto nobody = PackageDatabase(debian(kLibrary)).owner_of("/opt/libcrypto.so.3", "ssl");
  CHECK(nobody.seen == base::Seen::absent);
  CHECK_FALSE(evidence::probes::known_name(nobody));
  CHECK(PackageDatabase(FakeHost()).owner_of(kLibrary, "ssl").seen == base::Seen::unreadable);
  CHECK(PackageDatabase(FakeHost()).owner_of(kLibrary, "ssl").reason ==
        "there is no package database here");
}

TEST_CASE("a part of a listed path does not make an owner") {
  CHECK(PackageDatabase(debian(kLibrary + ".bak")).owner_of(kLibrary, "ssl").name.empty());
}

TEST_CASE("databases of other packagers are named") {
  FakeHost host;
  host.files["/var/lib/rpm/rpmdb.sqlite"] = "";
  CHECK(PackageDatabase(host).owner_of(kLibrary, "ssl").reason.find("rpm") != std::string::npos);
}

TEST_CASE("an unreadable list makes the answer unreadable") {
  auto host = debian(kLibrary);
  host.files.erase("/var/lib/dpkg/info/libssl3:amd64.list");
  host.refused["/var/lib/dpkg/info/libssl3:amd64.list"] = "permission denied";
  CHECK(PackageDatabase(host).owner_of(kLibrary, "ssl").seen == base::Seen::unreadable);
}

TEST_CASE("the answer for this machine's libcrypto is that of its package manager") {
  const base::SystemHost host;
  if (std::system("dpkg --version >/dev/null 2>&1") != 0) {
    WARN("no dpkg here");
    return;
  }
  for (const auto& library : evidence::probes::find_libcrypto(host)) {
    const auto owner = PackageDatabase(host).owner_of(library.path, "ssl");
    INFO(library.path);
    const bool known = std::system(("dpkg -S " + library.path + " " + library.found_as +
                                    " 2>/dev/null | grep -q .")
                                       .c_str()) == 0;
    CHECK((owner.seen == base::Seen::ok) == known);
  }
}
