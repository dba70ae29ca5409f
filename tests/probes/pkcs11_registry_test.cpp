// The files are as p11-kit's manual, pkcs11.conf(5), describes them, and as Debian 13 installs
// them.
#include "evidence/probes/pkcs11_registry.h"

#include "tests/catch.h"
#include "tests/probes/fake_host.h"

using evidence::probes::chosen_modules;
using evidence::probes::parse_module_file;
using evidence::probes::Pkcs11Target;
using evidence::probes::registered_modules;

namespace {

const std::string kPackages = "/usr/share/p11-kit/modules/";
const std::string kLibrary = "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so";

tests::FakeHost host_with_softhsm() {
  tests::FakeHost host;
  host.files[kPackages + "softhsm2.module"] = "# SoftHSM\nmodule: " + kLibrary + "\n";
  host.files[kLibrary] = "a library";
  return host;
}

}  // namespace

TEST_CASE("settings are read line by line, without comments and blanks") {
  const auto settings = parse_module_file(
      "# comment: no\nmodule: a.so \r\n critical:yes\nnothing\n"
      "x-init-reserved:\nmodule: b.so\n");
  CHECK(settings.size() == 3);
  CHECK(settings.at("module") == "b.so");
  CHECK(settings.at("critical") == "yes");
  CHECK(settings.at("x-init-reserved").empty());
}

TEST_CASE("a module with a whole path is found by the name of its file") {
  const auto modules = registered_modules(host_with_softhsm());
  REQUIRE(modules.size() == 1);
  CHECK(modules[0].name == "softhsm2");
  CHECK(modules[0].path == kLibrary);
  CHECK(modules[0].problem.empty());
}

TEST_CASE("a library without a folder is looked for where p11-kit looks") {
  tests::FakeHost host;
  host.files[kPackages + "opensc.module"] = "module: opensc-pkcs11.so\n";
  host.files["/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so"] = "a library";
  CHECK(registered_modules(host).at(0).path == "/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so");
}

TEST_CASE("what the administrator says goes over what the package says") {
  tests::FakeHost host = host_with_softhsm();
  host.files["/etc/pkcs11/modules/softhsm2.module"] = "module:\n";
  const auto modules = registered_modules(host);
  REQUIRE(modules.size() == 1);
  CHECK(modules[0].problem == "its files name no library");
  CHECK(chosen_modules(modules, {}).empty());
}

TEST_CASE("a library that is not there and a remote module are problems, not targets") {
  tests::FakeHost host = host_with_softhsm();
  host.files[kPackages + "gone.module"] = "module: /usr/lib/gone.so\n";
  host.files[kPackages + "far.module"] = "remote: |ssh far p11-kit remote\n";
  const auto modules = registered_modules(host);
  REQUIRE(modules.size() == 3);
  CHECK(modules[0].problem == "it is reached by a program of its own, which is not started");
  CHECK(modules[1].problem == "the library /usr/lib/gone.so is not there");
  CHECK(chosen_modules(modules, {}).size() == 1);
}

TEST_CASE("a name chooses one module, and a path needs no registration") {
  tests::FakeHost host = host_with_softhsm();
  host.files[kPackages + "other.module"] = "module: /usr/lib/other.so\nx-init-reserved: text\n";
  host.files["/usr/lib/other.so"] = "a library";
  const auto modules = registered_modules(host);
  CHECK(chosen_modules(modules, {}).size() == 2);
  Pkcs11Target named;
  named.module_name = "other";
  REQUIRE(chosen_modules(modules, named).size() == 1);
  CHECK(chosen_modules(modules, named)[0].init_args == "text");
  Pkcs11Target path;
  path.module_path = "/a.so";
  CHECK(chosen_modules(modules, path).at(0).module_path == "/a.so");
}
