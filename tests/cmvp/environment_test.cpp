// Listed environments are those of NIST's certificates, by number beside them where it is not #4985
// (its Security Policy), #4857 or #4710 (their certificate pages); the systems are as os-release(5)
// and /proc/cpuinfo describe such machines.
#include "cmvp/environment.h"

#include "cmvp/environment_text.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

const std::string kI7 = "Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz";
const std::string kSilver = "Intel(R) Xeon(R) Silver 4216 CPU @ 2.10GHz";

cmvp::ObservedSystem system(const std::string& id, const std::string& version,
                            const std::string& name, const std::string& processor) {
  return {id, version, name, processor, "none", "none", "x86_64", std::nullopt};
}

std::vector<cmvp::ListedEnvironment> listed(const std::vector<std::string>& texts) {
  std::vector<cmvp::ListedEnvironment> result;
  for (const auto& text : texts) result.push_back({text, "security policy"});
  return result;
}

const std::vector<std::string> kOpenssl = {
    "Ubuntu Linux 22.04.1 Server running on Dell Inspiron 7573 with Intel i7- 8550U without PAA",
    "Ubuntu Linux 22.04.1 Server running on Dell Inspiron 7573 with Intel i7- 8550U with PAA",
    "Debian 11.5 running on Dell Inspiron 7573 with Intel i7- 8550U without PAA",
    "Debian 11.5 running on Dell Inspiron 7573 with Intel i7- 8550U with PAA",
    "macOS 11.5.2 running on Apple M1 Mac Mini with M1 without PAA"};

std::string verdict(const cmvp::ObservedSystem& observed, const std::vector<std::string>& texts) {
  return cmvp::match_environment(observed, listed(texts)).verdict;
}

}  // namespace

TEST_CASE("a system that is listed with and without acceleration was tested") {
  const auto result = cmvp::match_environment(system("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", kI7),
                                              listed(kOpenssl));
  CHECK(result.verdict == "tested");
  CHECK(result.closest.starts_with("Ubuntu Linux 22.04.1"));
  CHECK(result.reasons.back() == "the hardware platform (Dell Inspiron 7573) was not compared");
}

TEST_CASE("another release is not listed, and the closest one is named") {
  const auto result = cmvp::match_environment(
      system("debian", "12", "Debian GNU/Linux 12 (bookworm)", kI7), listed(kOpenssl));
  CHECK(result.verdict == "not listed");
  CHECK(result.closest.starts_with("Debian 11.5"));
  CHECK(result.reasons.at(0) ==
        "none of the 5 environments that the snapshot knows is this system");
  CHECK(verdict(system("ubuntu", "22.04", "Ubuntu 22.04.5 LTS", kI7), kOpenssl) == "not listed");
  CHECK(verdict(system("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", kSilver), kOpenssl) ==
        "not listed");
}

TEST_CASE("another system is not listed, and nothing is close") {
  const auto result = cmvp::match_environment(system("alpine", "3.20.1", "Alpine Linux v3.20", kI7),
                                              listed(kOpenssl));
  CHECK(result.verdict == "not listed");
  CHECK(result.closest.empty());
  REQUIRE(result.reasons.size() == 2);
  CHECK(result.reasons[1] == "the operating system is another");
}

TEST_CASE("what cannot be decided is unknown") {
  CHECK(verdict(system("debian", "11", "Debian GNU/Linux 11 (bullseye)", kI7), kOpenssl) ==
        "unknown");
  CHECK(verdict(system("rhel", "9.4", "Red Hat Enterprise Linux 9.4 (Plow)", kSilver),
                {"Red Hat Enterprise Linux 9 running on Dell PowerEdge R440 with Intel(R) Xeon(R) "
                 "Silver 4216 with PAA"}) == "unknown");
  CHECK(verdict(system("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", ""), kOpenssl) == "unknown");
  CHECK(verdict({}, kOpenssl) == "unknown");
  CHECK(verdict(system("debian", "12", "", kI7), {}) == "unknown");
  CHECK(verdict(system("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", kI7), {kOpenssl[1]}) == "unknown");
  CHECK(verdict(system("debian", "11.5", "Debian", kI7), {"Debian running on X with i7-8550U"}) ==
        "unknown");
}

TEST_CASE("a container, a hypervisor, or not knowing of one, is never tested") {
  auto observed = system("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", kI7);
  observed.container = "docker";
  CHECK(verdict(observed, kOpenssl) == "unknown");
  observed.container = "none";
  observed.hypervisor = "KVM";
  CHECK(verdict(observed, kOpenssl) == "not listed");
  observed.hypervisor = "unnamed";
  CHECK(cmvp::match_environment(observed, listed(kOpenssl)).differs.at(0) ==
        "the system runs on a hypervisor (one that has no name), the listing on none");
  observed.hypervisor.reset();
  CHECK(verdict(observed, kOpenssl) == "unknown");
}

TEST_CASE("what a vendor affirms is not what was tested") {
  CHECK(verdict(system("debian", "12", "Debian 12", kI7),
                {"Debian 12 (vendor affirmed) running on X with Intel i7-8550U"}) ==
        "vendor affirmed");
}

TEST_CASE("service packs are compared as os-release writes them") {
  CHECK(verdict(system("sles", "15.4", "SUSE Linux Enterprise Server 15 SP4",
                       "Intel(R) Xeon(R) Silver 4215R CPU @ 3.20GHz"),
                {"SUSE Linux Enterprise Server 15 SP4 running on Supermicro with Intel(R) Xeon(R) "
                 "Silver 4215R"}) == "tested");
}

TEST_CASE("configurations that cannot be cut apart never make a system a tested one") {
  // #4805
  const std::string text =
      "KVM 4 on Ubuntu 20.04 running on a Dell PowerEdge R740 with an with Intel Xeon Gold 6248 "
      "Ubuntu 20.04 running on a Dell PowerEdge R740 with an with Intel Xeon Gold 6248 Ubuntu "
      "20.04 "
      "running on a Dell";
  CHECK(cmvp::environment_parts(text).several);
  CHECK(verdict(system("ubuntu", "20.04", "Ubuntu 20.04 LTS", "Intel(R) Xeon(R) Gold 6248 CPU"),
                {text}) != "tested");
}

TEST_CASE("with acceleration listed, the processor has to have it") {
  auto observed = system("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", kI7);
  observed.accelerated = true;
  CHECK(verdict(observed, {kOpenssl[1]}) == "tested");
  CHECK(verdict(observed, {kOpenssl[0]}) == "unknown");
  observed.accelerated = false;
  CHECK(verdict(observed, {kOpenssl[1]}) == "not listed");
  CHECK(verdict(observed, {kOpenssl[0]}) == "tested");
}

TEST_CASE("a listed hypervisor of another kind is not the one of the system") {
  const std::string listed =
      "SUSE Linux Enterprise Server 15 SP3 x86_64 (64-bit) on VMware ESXi 6.7.0 running on X with "
      "Intel Xeon Gold 6330";
  auto observed = system("sles", "15.3", "SUSE Linux Enterprise Server 15 SP3",
                         "Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz");
  CHECK(verdict(observed, {listed}) == "not listed");
  observed.hypervisor = "KVM";
  CHECK(verdict(observed, {listed}) == "not listed");
  observed.hypervisor = "VMware";
  CHECK(verdict(observed, {listed}) == "unknown");
}

TEST_CASE("a runtime that is listed cannot be told from the evidence") {
  CHECK(verdict(system("ubuntu", "22.04", "Ubuntu 22.04 LTS", kI7),
                {"Java SE Runtime Environment v17 (17) on Ubuntu 22.04 LTS running on X with Intel "
                 "i7-8550U"}) == "unknown");
}

TEST_CASE("what a policy names apart from its tested environments was affirmed by the vendor") {
  // #4988
  const std::vector<std::string> policy = {
      "Red Hat Enterprise Linux 8.2 running on Dell PowerEdge R440 with Intel\xC2\xAE Xeon Silver "
      "4214R with PAA",
      "Amazon Linux 2 with ARM64 (AArch64), x86-64", "Debian 8, 9, 10 with x86-64"};
  const auto amazon = system("amzn", "2", "Amazon Linux 2", kSilver);
  const auto result = cmvp::match_environment(amazon, listed(policy));
  CHECK(result.verdict == "vendor affirmed");
  CHECK(result.reasons.back() ==
        "the security policy names it apart from the tested environments, as affirmed by the "
        "vendor");
  CHECK(verdict(system("debian", "10", "Debian GNU/Linux 10 (buster)", ""), policy) ==
        "vendor affirmed");
  CHECK(verdict(system("debian", "12", "Debian GNU/Linux 12", kSilver), policy) == "not listed");
  // Without the words about acceleration anywhere, nothing tells the two apart.
  CHECK(verdict(amazon, {"Amazon Linux 2 running on X with Intel Xeon Silver 4216"}) == "tested");
}

TEST_CASE("a verdict says what agrees with the closest environment and what differs") {
  const auto result = cmvp::match_environment(
      system("debian", "12", "Debian GNU/Linux 12 (bookworm)", kI7), listed({kOpenssl[2]}));
  REQUIRE(result.agrees.size() == 3);
  CHECK(result.agrees[0] == "the processor is the listed one");
  REQUIRE(result.differs.size() == 2);
  CHECK(result.differs[0] ==
        "the version of the operating system is another: listed is 11.5, the system is 12");
  CHECK(cmvp::match_environment(system("alpine", "3", "Alpine Linux", kI7), listed(kOpenssl))
            .differs.empty());
}

TEST_CASE("the system in the evidence is compared for every match") {
  auto db = fixture::evidence();
  fixture::add_provider(db, "openssl:fips", "OpenSSL FIPS Provider", "3.1.2");
  db.execute(
      "INSERT INTO operating_system VALUES (1, 'observed', 'host', 'debian', '12',"
      " 'Debian GNU/Linux 12 (bookworm)', 'box');"
      "INSERT INTO processor VALUES (1, 'observed', 'host', 'GenuineIntel', 'Intel(R) Core(TM) "
      "i7-8550U CPU @ 1.80GHz', 8);"
      "INSERT INTO virtualization VALUES (1, 'observed', 'host', 'none', 'none', 'no flag')");
  cmvp::match_certificates(cmvp::built_in_snapshot(), db, "2026-11-23");
  CHECK(fixture::cell(db, "SELECT verdict FROM environment_match WHERE certificate = 4985") ==
        "not listed");
  CHECK(fixture::cell(db, "SELECT closest FROM environment_match WHERE certificate = 4985")
            .starts_with("Debian 11.5"));
  CHECK(fixture::cell(db, "SELECT verdict FROM environment_match WHERE certificate = 4811") ==
        "unknown");
  CHECK(fixture::cell(
            db, "SELECT count(*) FROM certificate_environment WHERE certificate = 4985") == "9");
}
