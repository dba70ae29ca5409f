// Expected values: os-release(5), proc(5), and /proc/cpuinfo of real machines, shortened.
#include "evidence/probes/operating_environment.h"

#include "tests/catch.h"
#include "tests/probes/fake_host.h"
#include "tests/probes/recording.h"

using evidence::Outcome;
using evidence::probes::probe_operating_environment;
using tests::FakeHost;
using tests::Recording;

namespace {

FakeHost machine() {
  FakeHost host;
  host.files = {
      {"/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian \\\"12\\\"\"\n"},
      {"/proc/sys/kernel/hostname", "box\n"},
      {"/proc/sys/kernel/osrelease", "6.1.0-18-amd64\n"},
      {"/proc/sys/kernel/arch", "x86_64\n"},
      {"/proc/sys/crypto/fips_enabled", "1\n"},
      {"/proc/cpuinfo",
       "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon\nflags\t\t: fpu aes avx2\n\n"
       "processor\t: 1\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon\nflags\t\t: fpu aes avx2\n"},
      {"/proc/self/cgroup", "0::/init.scope\n"},
      {"/proc/1/environ", std::string("HOME=/\0TERM=linux\0", 18)}};
  return host;
}

Recording::Row only_row(const FakeHost& host, const std::string& table) {
  Recording recording(host);
  probe_operating_environment(recording.recorder, host);
  const auto rows = recording.rows(table);
  REQUIRE(rows.size() == 1);
  return rows[0];
}

std::string container_of(const FakeHost& host) {
  return only_row(host, "virtualization").at("container");
}

std::string hypervisor_of(const FakeHost& host) {
  return only_row(host, "virtualization").at("hypervisor");
}

}  // namespace

TEST_CASE("the operating system is read from os-release") {
  const auto row = only_row(machine(), "operating_system");
  CHECK(row.at("id") == "debian");
  CHECK(row.at("version_id") == "12");
  CHECK(row.at("name") == "Debian \"12\"");
  CHECK(row.at("host_name") == "box");
}

TEST_CASE("without /etc/os-release the one below /usr/lib is read") {
  auto host = machine();
  host.files["/usr/lib/os-release"] = "ID=fedora\n";
  host.files.erase("/etc/os-release");
  const auto row = only_row(host, "operating_system");
  CHECK(row.at("id") == "fedora");
  CHECK(row.at("version_id") == "NULL");
}

TEST_CASE("an unreadable os-release is no reason to believe another one") {
  auto host = machine();
  host.files["/usr/lib/os-release"] = "ID=fedora\n";
  host.files.erase("/etc/os-release");
  host.refused["/etc/os-release"] = "permission denied";
  Recording recording(host);
  probe_operating_environment(recording.recorder, host);
  CHECK(recording.rows("operating_system").empty());
  CHECK(recording.sources().at("/etc/os-release").outcome == Outcome::unreadable);
}

TEST_CASE("another root gives its os-release, and this machine the rest") {
  FakeHost root;
  root.root_folder = "/mnt/image";
  root.files["/etc/os-release"] = "ID=alpine\n";
  const auto here = machine();
  Recording recording(root);
  probe_operating_environment(recording.recorder, here);
  CHECK(recording.rows("operating_system").at(0).at("id") == "alpine");
  CHECK(recording.rows("operating_system").at(0).at("host_name") == "/mnt/image");
  CHECK(recording.rows("kernel").at(0).at("release") == "6.1.0-18-amd64");
}

TEST_CASE("the kernel tells its release, architecture and FIPS mode") {
  const auto row = only_row(machine(), "kernel");
  CHECK(row.at("release") == "6.1.0-18-amd64");
  CHECK(row.at("architecture") == "x86_64");
  CHECK(row.at("fips_enabled") == "1");
}

TEST_CASE("a kernel without the FIPS file leaves it unknown, with the absence on record") {
  auto host = machine();
  host.files.erase("/proc/sys/crypto/fips_enabled");
  Recording recording(host);
  probe_operating_environment(recording.recorder, host);
  CHECK(recording.rows("kernel").at(0).at("fips_enabled") == "NULL");
  CHECK(recording.sources().at("/proc/sys/crypto/fips_enabled").outcome == Outcome::absent);
}

TEST_CASE("a FIPS file that holds no number is unreadable") {
  auto host = machine();
  host.files["/proc/sys/crypto/fips_enabled"] = "yes\n";
  Recording recording(host);
  probe_operating_environment(recording.recorder, host);
  CHECK(recording.rows("kernel").at(0).at("fips_enabled") == "NULL");
  CHECK(recording.sources().at("/proc/sys/crypto/fips_enabled").outcome == Outcome::unreadable);
}

TEST_CASE("an older kernel tells its architecture by uname") {
  auto host = machine();
  host.files.erase("/proc/sys/kernel/arch");
  CHECK(only_row(host, "kernel").at("architecture") == "NULL");
  host.machine = "aarch64";
  CHECK(only_row(host, "kernel").at("architecture") == "aarch64");
}

TEST_CASE("the processor is recorded with its features, present or not") {
  const auto host = machine();
  const auto row = only_row(host, "processor");
  CHECK(row.at("vendor") == "GenuineIntel");
  CHECK(row.at("model") == "Xeon");
  CHECK(row.at("logical_processors") == "2");
  Recording recording(host);
  probe_operating_environment(recording.recorder, host);
  std::map<std::string, std::string> features;
  for (const auto& feature : recording.rows("processor_feature"))
    features[feature.at("feature")] = feature.at("present");
  CHECK(features.at("aes") == "1");
  CHECK(features.at("avx") == "0");
  CHECK(features.at("sha_ni") == "0");
}

TEST_CASE("an arm64 processor has features of its own") {
  auto host = machine();
  host.files["/proc/cpuinfo"] =
      "processor\t: 0\nFeatures\t: fp asimd aes pmull sha1 sha2\n"
      "CPU implementer\t: 0x41\n";
  Recording recording(host);
  probe_operating_environment(recording.recorder, host);
  CHECK(recording.rows("processor").at(0).at("vendor") == "0x41");
  CHECK(recording.rows("processor_feature").at(1).at("feature") == "pmull");
  CHECK(recording.rows("processor_feature").at(1).at("present") == "1");
  CHECK(recording.rows("virtualization").at(0).at("hypervisor") == "NULL");
}

TEST_CASE("a hypervisor is named by the firmware, else only noticed by its flag") {
  auto host = machine();
  CHECK(hypervisor_of(host) == "none");
  host.files["/proc/cpuinfo"] = "flags : hypervisor\n";
  CHECK(hypervisor_of(host) == "unnamed");
  host.files["/sys/class/dmi/id/sys_vendor"] = "QEMU\n";
  CHECK(hypervisor_of(host) == "QEMU");
  host.files["/sys/class/dmi/id/sys_vendor"] = "Microsoft Corporation\n";
  host.files["/sys/class/dmi/id/product_name"] = "Virtual Machine\n";
  CHECK(hypervisor_of(host) == "Hyper-V");
  host.files["/sys/hypervisor/type"] = "xen\n";
  CHECK(hypervisor_of(host) == "xen");
}

TEST_CASE("bare metal of a cloud is no virtual machine") {
  auto host = machine();
  host.files["/sys/class/dmi/id/sys_vendor"] = "Amazon EC2\n";
  host.files["/sys/class/dmi/id/product_name"] = "m5.metal\n";
  CHECK(hypervisor_of(host) == "none");
}

TEST_CASE("a container is named by what it leaves in the file system") {
  auto host = machine();
  CHECK(container_of(host) == "none");
  host.files["/proc/1/environ"] = std::string("container=lxc\0A=b\0", 18);
  CHECK(container_of(host) == "lxc");
  host.files["/proc/self/cgroup"] = "0::/kubepods/burstable/pod1\n";
  CHECK(container_of(host) == "kubernetes");
  host.files["/.dockerenv"] = "";
  CHECK(container_of(host) == "docker");
  host.files["/run/.containerenv"] = "";
  CHECK(container_of(host) == "podman");
  host.files["/run/systemd/container"] = "systemd-nspawn\n";
  CHECK(container_of(host) == "systemd-nspawn");
}

TEST_CASE("without a look at the first process a container cannot be ruled out") {
  auto host = machine();
  host.files.erase("/proc/1/environ");
  host.refused["/proc/1/environ"] = "permission denied";
  CHECK(container_of(host) == "NULL");
}

TEST_CASE("this machine has a kernel, a processor and an operating system") {
  const base::SystemHost host;
  Recording recording(host);
  probe_operating_environment(recording.recorder, host);
  CHECK(recording.rows("operating_system").size() == 1);
  CHECK(recording.rows("kernel").at(0).at("architecture") != "NULL");
  CHECK(recording.rows("processor").size() == 1);
  CHECK(recording.rows("virtualization").size() == 1);
}
