// Expected values: ld.so(8), ldconfig(8), and what `ldconfig -p` and `openssl version -a` print.
#include "evidence/probes/libraries.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "tests/catch.h"
#include "tests/probes/fake_host.h"

using namespace evidence::probes;
using tests::FakeHost;

namespace {

std::string elf(char machine, char bits = 2) {
  std::string header(
      "\x7F"
      "ELF",
      4);
  header += bits;
  header += std::string("\x01\x01", 2) + std::string(9, '\0') + std::string("\x03\0", 2);
  header += machine;
  return header + std::string(44, '\0');
}

FakeHost machine() {
  FakeHost host;
  host.files = {{"/lib64/ld-linux-x86-64.so.2", elf(62)},
                {"/etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n"},
                {"/etc/ld.so.conf.d/a.conf", "# first\n/opt/lib\n"},
                {"/etc/ld.so.conf.d/b.txt", "/not/this\n"},
                {"/opt/lib/x", ""},
                {"/usr/lib/x86_64-linux-gnu/libcrypto.so.3", elf(62)}};
  return host;
}

const Library* preferred(const std::vector<Library>& libraries) {
  const auto found = std::find_if(libraries.begin(), libraries.end(),
                                  [](const Library& library) { return library.preferred; });
  return found == libraries.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("the folders of ld.so.conf come before the default ones") {
  CHECK(library_folders(machine()) ==
        std::vector<std::string>{"/opt/lib", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib"});
}

TEST_CASE("LD_LIBRARY_PATH comes before all") {
  auto host = machine();
  host.files["/first/x"] = "";
  host.variables["LD_LIBRARY_PATH"] = "/none:/first/";
  CHECK(library_folders(host).at(0) == "/first");
}

TEST_CASE("a file of ld.so.conf that includes itself does not hang") {
  auto host = machine();
  host.files["/etc/ld.so.conf.d/a.conf"] = "include /etc/ld.so.conf.d/*.conf\n/opt/lib\n";
  CHECK(library_folders(host).size() == 4);
}

TEST_CASE("the first libcrypto.so.3 is preferred, the others are listed") {
  auto host = machine();
  host.files["/opt/lib/libcrypto.so.1.1"] = elf(62);
  host.files["/opt/lib/libcrypto.so.4"] = elf(62);
  host.files["/usr/lib/libcrypto.so.3"] = elf(62);
  const auto libraries = find_libcrypto(host);
  CHECK(libraries.size() == 4);
  REQUIRE(preferred(libraries) != nullptr);
  CHECK(preferred(libraries)->path == "/usr/lib/x86_64-linux-gnu/libcrypto.so.3");
  CHECK(preferred(libraries)->soname == "libcrypto.so.3");
}

TEST_CASE("a library that two names lead to is listed once") {
  auto host = machine();
  host.links["/lib/x86_64-linux-gnu"] = "/usr/lib/x86_64-linux-gnu";
  host.links["/opt/lib/libcrypto.so.3"] = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3";
  REQUIRE(find_libcrypto(host).size() == 1);
  CHECK(find_libcrypto(host)[0].found_as == "/opt/lib/libcrypto.so.3");
}

TEST_CASE("a library for another machine is passed over") {
  auto host = machine();
  host.files["/opt/lib/libcrypto.so.3"] = elf(3, 1);
  REQUIRE(find_libcrypto(host).size() == 1);
  CHECK(find_libcrypto(host)[0].path == "/usr/lib/x86_64-linux-gnu/libcrypto.so.3");
}

TEST_CASE("a variant for newer processors comes first where the processor is that new") {
  auto host = machine();
  const std::string folder = "/usr/lib/x86_64-linux-gnu/glibc-hwcaps/";
  host.files[folder + "x86-64-v2/libcrypto.so.3"] = elf(62);
  host.files[folder + "x86-64-v3/libcrypto.so.3"] = elf(62);
  CHECK(find_libcrypto(host)[0].path == "/usr/lib/x86_64-linux-gnu/libcrypto.so.3");
  FakeHost newer;
  newer.files["/proc/cpuinfo"] = "flags : cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3 avx\n";
  CHECK(find_libcrypto(host, newer)[0].path == folder + "x86-64-v2/libcrypto.so.3");
  CHECK(find_libcrypto(host, newer)[0].preferred);
}

TEST_CASE("a library that may not be read is listed all the same") {
  auto host = machine();
  host.refused["/opt/lib/libcrypto.so.3"] = "permission denied";
  CHECK(find_libcrypto(host).size() == 2);
}

TEST_CASE("without any library nothing is preferred") { CHECK(find_libcrypto(FakeHost()).empty()); }

TEST_CASE("the dynamic loader is found, and musl has a reason of its own") {
  CHECK(dynamic_loader(machine()).path == "/lib64/ld-linux-x86-64.so.2");
  FakeHost alpine;
  alpine.files["/lib/ld-musl-x86_64.so.1"] = "";
  CHECK_FALSE(dynamic_loader(alpine).path);
  CHECK(dynamic_loader(alpine).reason.find("musl") != std::string::npos);
}

TEST_CASE("folders are read out of a library, and not out of what is none") {
  FakeHost host;
  host.files["/l"] = std::string("\0OPENSSLDIR: \"/usr/lib/ssl\"\0MODULESDIR: \"/m\"\0", 45);
  host.files["/open"] = "OPENSSLDIR: \"/usr";
  host.files["/old"] = "OPENSSLDIR: \"/usr/lib/ssl\"";
  REQUIRE(strings_of_libcrypto(host, "/l"));
  CHECK(strings_of_libcrypto(host, "/l")->openssldir == "/usr/lib/ssl");
  CHECK(strings_of_libcrypto(host, "/l")->modulesdir == "/m");
  CHECK_FALSE(strings_of_libcrypto(host, "/open"));
  CHECK(strings_of_libcrypto(host, "/old")->modulesdir.empty());
  CHECK_FALSE(strings_of_libcrypto(host, "/none"));
}

TEST_CASE("on this machine one libcrypto is preferred and says where its configuration is") {
  const base::SystemHost host;
  const auto libraries = find_libcrypto(host);
  CHECK(std::count_if(libraries.begin(), libraries.end(),
                      [](const Library& library) { return library.preferred; }) == 1);
  REQUIRE(preferred(libraries) != nullptr);
  const auto strings = strings_of_libcrypto(host, preferred(libraries)->path);
  REQUIRE(strings);
  CHECK(preferred(libraries)->sha256.size() == 64);
  CHECK(preferred(libraries)->strings->openssldir == strings->openssldir);
  CHECK(strings->openssldir.starts_with('/'));
}

TEST_CASE("in real roots the libraries are those of the root") {
  const char* named = std::getenv("ASSAY_TARGETS");
  const std::string roots =
      (named == nullptr ? std::string("/tmp/assay-targets") : named) + "/roots/";
  if (!std::filesystem::exists(roots)) {
    WARN("no real roots in " << roots << ": set ASSAY_TARGETS");
    return;
  }
  for (const auto& [name, soname] :
       std::map<std::string, std::string>{{"bookworm", "libcrypto.so.3"},
                                          {"bullseye", "libcrypto.so.1.1"},
                                          {"forky", "libcrypto.so.3"},
                                          {"trixie", "libcrypto.so.3"}}) {
    const base::SystemHost host(roots + name);
    const auto libraries = find_libcrypto(host);
    REQUIRE(libraries.size() == 1);
    CHECK(libraries[0].soname == soname);
    CHECK(libraries[0].path == "/usr/lib/x86_64-linux-gnu/" + soname);
    CHECK(strings_of_libcrypto(host, libraries[0].path)->openssldir == "/usr/lib/ssl");
    CHECK(dynamic_loader(host).path == "/lib64/ld-linux-x86-64.so.2");
  }
}
