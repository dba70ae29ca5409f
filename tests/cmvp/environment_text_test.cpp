// Listed configurations are those of NIST's certificates, by number beside them where it is not
// #4985 (its Security Policy), #4857 or #4710 (their certificate pages); systems and processors are
// named as os-release(5) and /proc/cpuinfo name them.
#include "cmvp/environment_text.h"

#include "cmvp/processor_match.h"
#include "cmvp/system_match.h"
#include "tests/catch.h"

namespace {

struct Grammar {
  const char* listed;
  const char *system, *runtime, *container, *hypervisor, *platform, *processor;
};

const Grammar kGrammar[] = {
    // #5120
    {"OpenJDK Runtime Environment v17 on VMware Photon OS 5.0 on VMware ESXi 8.0 running on Dell "
     "PowerEdge R830 with Intel Xeon E5 without PAA",
     "VMware Photon OS 5.0", "OpenJDK Runtime Environment v17", "", "VMware ESXi 8.0",
     "Dell PowerEdge R830", "Intel Xeon E5"},
    // #5038
    {"VMware Photon OS 4.0 with Java SE Runtime Environment v8 on VMware ESXi 8.0 running on Dell "
     "PowerEdge R650 with Intel Xeon Gold 6330",
     "VMware Photon OS 4.0", "Java SE Runtime Environment v8", "", "VMware ESXi 8.0",
     "Dell PowerEdge R650", "Intel Xeon Gold 6330"},
    // #4739
    {"Oracle Linux 9 running on KVM on Oracle Linux 8 running on ORACLE SERVER X9-2c with Intel(R) "
     "Xeon(R) Platinum 8358 with PAA",
     "Oracle Linux 9", "", "", "KVM on Oracle Linux 8", "ORACLE SERVER X9-2c",
     "Intel(R) Xeon(R) Platinum 8358"},
    // #4727
    {"SUSE Linux Enterprise Server 15 SP4 on PowerVM (VIOS 3.1.4.00) running on IBM Power E1080 "
     "(9080- HEX) with Power10 with PAA",
     "SUSE Linux Enterprise Server 15 SP4", "", "", "PowerVM (VIOS 3.1.4.00)",
     "IBM Power E1080 (9080- HEX)", "Power10"},
    // #5132
    {"Chainguard Image 20230214 on Amazon Linux 2023 running on EC2 m7i.metal- 24xl with Intel "
     "Sapphire Rapids Xeon Platinum 8488C with PAA",
     "Amazon Linux 2023", "", "Chainguard Image 20230214", "", "EC2 m7i.metal- 24xl",
     "Intel Sapphire Rapids Xeon Platinum 8488C"},
    // #4690
    {"Apple macOS Big Sur 11.3 (64-bit) on Mac mini with Apple M1 (APL1102) (ARM v8) with PAA",
     "Apple macOS Big Sur 11.3 (64-bit)", "", "", "", "Mac mini", "Apple M1 (APL1102) (ARM v8)"},
    // #4854
    {"iOS 15 running on iPhone 12 with an Apple A Series A14 Bionic without PAA", "iOS 15", "", "",
     "", "iPhone 12", "Apple A Series A14 Bionic"},
    // #4897
    {"Debian 9 running on a Dell PowerEdge R440 with an Intel(R) Xeon(R) Silver 4214R with PAA",
     "Debian 9", "", "", "", "Dell PowerEdge R440", "Intel(R) Xeon(R) Silver 4214R"},
    // #4815
    {"ESXi 8.0 on Dell EMC PowerEdge R650 with Intel Xeon Gold 6330 2.00GHz", "ESXi 8.0", "", "",
     "", "Dell EMC PowerEdge R650", "Intel Xeon Gold 6330 2.00GHz"},
    // #5138
    {"Linux 4 (FX-OS) running on UCS C220 M6 SFF Server w/ESXi 7.0", "Linux 4 (FX-OS)", "", "",
     "ESXi 7.0", "UCS C220 M6 SFF Server", ""},
    // #4988
    {"Amazon Linux 2 with ARM64 (AArch64), x86-64", "Amazon Linux 2", "", "", "", "",
     "ARM64 (AArch64), x86-64"},
    // #4871
    {"Red Hat OpenShift 4 on Red Hat UBI 8", "", "", "Red Hat OpenShift 4 on Red Hat UBI 8", "", "",
     ""},
    // #5123
    {"Java SE Runtime Environment v17 (1.17) with Linux CentOS running on Generic Hardware",
     "Linux CentOS", "Java SE Runtime Environment v17 (1.17)", "", "", "Generic Hardware", ""},
    // #4855, after the page's debris
    {"[2] Ubuntu 22.04 LTS (Jammy Jellyfish) running on Amazon Web Services (AWS) c6g.metal with "
     "AWS Graviton2 with PAA",
     "Ubuntu 22.04 LTS (Jammy Jellyfish)", "", "", "", "Amazon Web Services (AWS) c6g.metal",
     "AWS Graviton2"},
    // #4631
    {"Amazon Linux 2023 running Amazon EC2 c7g.metal with Graviton3 processor without PAA",
     "Amazon Linux 2023", "", "", "", "Amazon EC2 c7g.metal", "Graviton3 processor"},
    // #4808
    {"Amazon Linux 2023 on EC2 c6i.metal running on Intel Xeon Platinum 8375C with PAA",
     "Amazon Linux 2023 on EC2 c6i.metal", "", "", "", "", "Intel Xeon Platinum 8375C"},
    // #5060
    {"Rocky Linux 9.6 running on GIGABYTE E163-S30-AAG1 on Intel\xC2\xAE Xeon\xC2\xAE Gold 5512U",
     "Rocky Linux 9.6", "", "", "", "GIGABYTE E163-S30-AAG1",
     "Intel\xC2\xAE Xeon\xC2\xAE Gold 5512U"},
    // #4727
    {"SUSE Linux Enterprise Server 15 SP4 running on GIGABYTE R181-Z90-00 with AMD EPYC(TM) 7371 "
     "without PAA[1][2]",
     "SUSE Linux Enterprise Server 15 SP4", "", "", "", "GIGABYTE R181-Z90-00",
     "AMD EPYC(TM) 7371"},
    // #4732
    {"Snapdragon 8 Gen 2 Mobile Platform", "Snapdragon 8 Gen 2 Mobile Platform", "", "", "", "",
     ""},
};

std::string answer(const cmvp::Comparison& comparison) {
  if (comparison.answer == cmvp::Answer::unsure) return "unsure";
  return comparison.answer == cmvp::Answer::yes ? "yes" : "no";
}

std::string systems(const std::string& id, const std::string& version, const std::string& name,
                    const std::string& listed) {
  return answer(cmvp::compare_systems({id, version, name}, listed));
}

std::string processors(const std::string& observed, const std::string& listed) {
  return answer(cmvp::compare_processors(observed, "x86_64", listed));
}

}  // namespace

TEST_CASE("configurations that a page runs together are cut apart") {
  const auto parts = cmvp::single_environments(
      "Red Hat Enterprise Linux 9 running on Dell PowerEdge R440 with Intel(R) Xeon(R) Silver 4216 "
      "with PAA[1] Red Hat Enterprise Linux 9 running on IBM z16 3931-A01 with IBM z16 without "
      "PAI");
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].ends_with("with PAA[1]"));
  CHECK(parts[1] ==
        "Red Hat Enterprise Linux 9 running on IBM z16 3931-A01 with IBM z16 without PAI");
  CHECK(cmvp::single_environments("").empty());
  CHECK(cmvp::single_environments("with PAA[").size() == 1);
  CHECK(cmvp::single_environments("a with PAA b with PAA").size() == 2);
}

TEST_CASE("a listed configuration has system, platform, processor and acceleration") {
  const auto parts = cmvp::environment_parts(
      "Linux 4 (FX-OS) on VMware ESXi 6.7 running on UCS C220 M5 with Intel Xeon Gold 6128 with "
      "PAA[2]");
  CHECK(parts.system == "Linux 4 (FX-OS)");
  CHECK(parts.processor == "Intel Xeon Gold 6128");
  CHECK(parts.hypervisor == "VMware ESXi 6.7");
  CHECK(parts.platform == "UCS C220 M5");
  CHECK(parts.with_acceleration);
  CHECK(cmvp::environment_parts("Debian 11.5 running on X with Y").hypervisor.empty());
  CHECK(cmvp::environment_parts("Snapdragon 695").system == "Snapdragon 695");
}

TEST_CASE("listed configurations of many vendors are cut into their layers") {
  for (const Grammar& each : kGrammar) {
    CAPTURE(each.listed);
    const auto parts = cmvp::environment_parts(each.listed);
    CHECK(parts.system == each.system);
    CHECK(parts.runtime == each.runtime);
    CHECK(parts.container == each.container);
    CHECK(parts.hypervisor == each.hypervisor);
    CHECK(parts.platform == each.platform);
    CHECK(parts.processor == each.processor);
    CHECK_FALSE(parts.several);
  }
}

TEST_CASE("configurations that a comma separates are cut where the text begins anew") {
  // #5038
  const auto parts = cmvp::single_environments(
      "VMware Photon OS 4.0 with Java SE Runtime Environment v8 on VMware ESXi 8.0 running on Dell "
      "PowerEdge R650 with Intel Xeon Gold 6330, VMware Photon OS 4.0 with Java SE Runtime "
      "Environment v11 on VMware ESXi 8.0 running on Dell PowerEdge R650 with Intel Xeon Gold "
      "6330");
  REQUIRE(parts.size() == 2);
  CHECK(parts[1].starts_with("VMware Photon OS 4.0 with Java SE Runtime Environment v11"));
  CHECK(cmvp::single_environments("Amazon Linux 2 with ARM64 (AArch64), x86-64").size() == 1);
}

TEST_CASE("systems are the same however a listing writes their names") {
  CHECK(systems("rhel", "9.2", "Red Hat Enterprise Linux 9.2 (Plow)", "RedHat 9.2") == "yes");
  CHECK(systems("rhel", "8.4", "Red Hat Enterprise Linux 8.4 (Ootpa)",
                "Red Hat Linux Enterprise Server 8.4 64-bit (Little Endian)") == "yes");
  CHECK(systems("sles_sap", "15.4", "SUSE Linux Enterprise Server 15 SP4",
                "SUSE Linux Enterprise Server for SAP 15SP4") == "yes");
  CHECK(systems("sles", "15.4", "SUSE Linux Enterprise Server 15 SP4",
                "SUSE Linux Enterprise Server for SAP 15SP4") == "no");
  CHECK(systems("sles", "15.6", "SUSE Linux Enterprise Server 15 SP6",
                "SUSE Linux Enterprise Server 15 SP4") == "no");
  CHECK(systems("ubuntu", "22.04", "Ubuntu 22.04.5 LTS", "Ubuntu Core 22") == "no");
  CHECK(systems("ubuntu", "20.04", "Ubuntu 20.04 LTS", "Linux Ubuntu 20.04 LTS (64-bit)") == "yes");
  CHECK(systems("ubuntu", "22.04", "Ubuntu 22.04.5 LTS", "Ubuntu 22.04 LTS 64-bit") == "unsure");
  CHECK(systems("debian", "9.13", "Debian GNU/Linux 9 (stretch)",
                "GNU/Linux Debian 9.13 (aarch64)") == "yes");
  CHECK(systems("debian", "11", "Debian GNU/Linux 11 (bullseye)", "Debian Linux v11") == "yes");
  CHECK(systems("almalinux", "9.6", "AlmaLinux 9.6 (Sage Margay)", "AlmaLinux OS 9.6") == "yes");
  CHECK(systems("almalinux", "9.2", "AlmaLinux 9.2", "Almalinux 9.2") == "yes");
  CHECK(systems("amzn", "2023", "Amazon Linux 2023", "Amazon Linux 2023") == "yes");
  CHECK(systems("amzn", "2", "Amazon Linux 2", "Amazon Linux 2023") == "no");
  CHECK(systems("ol", "9.4", "Oracle Linux Server 9.4", "Oracle Linux 9") == "unsure");
  CHECK(systems("centos", "8", "CentOS Stream 8", "CentOS 7.x, 8.x") == "no");
  CHECK(systems("centos", "8", "CentOS Stream 8", "CentOS Stream 8") == "yes");
  CHECK(systems("debian", "10", "Debian GNU/Linux 10 (buster)", "Debian 8, 9, 10") == "yes");
  CHECK(systems("debian", "12", "Debian GNU/Linux 12 (bookworm)", "Debian 8, 9, 10") == "no");
  CHECK(systems("alpine", "3.12.1", "Alpine Linux v3.12",
                "Alpine Linux (musl libc) for containers 3.4-3.13") == "yes");
  CHECK(systems("alpine", "3.20.1", "Alpine Linux v3.20",
                "Alpine Linux (musl libc) for containers 3.4-3.13") == "no");
  CHECK(systems("bottlerocket", "1.20.0", "Bottlerocket OS 1.20.0", "Bottlerocket v1.20.0") ==
        "yes");
  // #4908 and the like: products that are made of a distribution
  CHECK(systems("centos", "8", "CentOS Stream 8", "Custom Linux based on CentOS Stream 8") ==
        "unsure");
  CHECK(systems("", "", "", "Debian 11") == "unsure");
  CHECK(systems("haiku", "1", "Haiku R1", "Debian 11") == "no");
}

TEST_CASE("processors are compared by model, not by the words around it") {
  CHECK(processors("Intel(R) Xeon(R) Platinum 8488C",
                   "Intel Sapphire Rapids Xeon Platinum 8488C") == "yes");
  CHECK(processors("AMD EPYC 7343 16-Core Processor", "AMD EPYC\xE2\x84\xA2 7343") == "yes");
  CHECK(processors("AMD EPYC 7B12", "AMD EPYC 7B12") == "yes");
  CHECK(processors("Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz", "Intel Xeon Gold 6330 2.00GHz") ==
        "yes");
  CHECK(processors("Intel(R) Xeon(R) Gold 6312U CPU @ 2.40GHz",
                   "Intel\xC2\xAE Xeon\xC2\xAE Gold 6312U Ice Lake-SP") == "yes");
  CHECK(processors("Intel(R) Xeon(R) CPU E5-2609 v2 @ 2.50GHz", "Intel Xeon CPU E5-2609 v2") ==
        "yes");
  CHECK(processors("11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", "11th Gen Intel Core i7") ==
        "unsure");
  CHECK(processors("Intel(R) Xeon(R) CPU E5-2699 v4 @ 2.20GHz", "Intel Xeon E5") == "unsure");
  CHECK(processors("AMD EPYC 7J13 64-Core Processor", "Intel(R) Xeon(R) Platinum 8358") == "no");
  CHECK(processors("Intel(R) Xeon(R) Platinum 8358 CPU", "OCTEON III") == "no");
  CHECK(processors("Intel(R) Xeon(R) Platinum 8375C", "ARM64 (AArch64), x86-64") == "yes");
  CHECK(answer(cmvp::compare_processors("", "ppc64le", "ARM64 (AArch64), x86-64")) == "no");
  CHECK(answer(cmvp::compare_processors("", "", "x86-64")) == "unsure");
}

TEST_CASE("configurations without words about acceleration are cut where the text begins anew") {
  // #5062
  const auto phones = cmvp::single_environments(
      "Android 16 running on Google Pixel 9 Pro XL with Google Tensor G4 Titan M2 Android 16 "
      "running "
      "on Samsung Galaxy S24 with Qualcomm Snapdragon 8 Gen3");
  REQUIRE(phones.size() == 2);
  CHECK(phones[0].ends_with("Titan M2"));
  // #4739: the same words stand for the host of the hypervisor.
  CHECK(
      cmvp::single_environments("Oracle Linux 8 running on KVM on Oracle Linux 8 running on ORACLE "
                                "SERVER A1-2c with Ampere(R) Altra(R) Q80-30")
          .size() == 1);
  CHECK(cmvp::single_environments("Amazon Linux 2 with ARM64 (AArch64), x86-64").size() == 1);
}

TEST_CASE("words about acceleration may stand in parentheses") {
  // #4818
  const auto parts = cmvp::single_environments(
      "Yocto Linux 3.1 (64-bit) running on Xerox Alexandra Platform with an ARM Cortex A53 "
      "(without "
      "PAA) Yocto Linux 3.1 (64-bit) running on Xerox Explorer 6 with an ARM Cortex A53 (with "
      "PAA)");
  REQUIRE(parts.size() == 2);
  CHECK(cmvp::environment_parts(parts[0]).without_acceleration);
  CHECK(cmvp::environment_parts(parts[0]).processor == "ARM Cortex A53");
  CHECK(cmvp::environment_parts(parts[1]).with_acceleration);
}
