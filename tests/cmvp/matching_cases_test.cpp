// The cases are written by hand from NIST's certificates (number and place in the last column of
// tests/cmvp/matching_cases.csv), from Security Policies, and from what distributions report.
#include <fstream>
#include <set>
#include <sstream>

#include "cmvp/built_in.h"
#include "cmvp/environment.h"
#include "cmvp/module_identity.h"
#include "cmvp/module_match.h"
#include "cmvp/status.h"
#include "evidence/base/csv.h"
#include "evidence/base/text.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

// The systems that cases name, as os-release(5) and /proc/cpuinfo describe such machines.
cmvp::ObservedSystem system_named(const std::string& name) {
  const std::string i7 = "Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz";
  const std::string silver = "Intel(R) Xeon(R) Silver 4216 CPU @ 2.10GHz";
  const auto make = [](const char* id, const char* version, const char* pretty,
                       const std::string& processor, const char* hypervisor = "none",
                       const char* container = "none") {
    return cmvp::ObservedSystem{id,         version,   pretty,   processor,
                                hypervisor, container, "x86_64", true};
  };
  if (name == "ubuntu-22.04.1") return make("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", i7);
  if (name == "ubuntu-22.04.1-kvm") return make("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", i7, "KVM");
  if (name == "ubuntu-22.04.1-docker")
    return make("ubuntu", "22.04", "Ubuntu 22.04.1 LTS", i7, "none", "docker");
  if (name == "ubuntu-22.04.5") return make("ubuntu", "22.04", "Ubuntu 22.04.5 LTS", i7);
  if (name == "ubuntu-22.04.5-gold")
    return make("ubuntu", "22.04", "Ubuntu 22.04.5 LTS",
                "Intel(R) Xeon(R) Gold 6226 CPU @ 2.70GHz");
  if (name == "ubuntu-24.04") return make("ubuntu", "24.04", "Ubuntu 24.04.1 LTS", i7);
  if (name == "debian-12") return make("debian", "12", "Debian GNU/Linux 12 (bookworm)", i7);
  if (name == "debian-11") return make("debian", "11", "Debian GNU/Linux 11 (bullseye)", i7);
  if (name == "debian-13") return make("debian", "13", "Debian GNU/Linux 13 (trixie)", i7);
  if (name == "alpine-3.20") return make("alpine", "3.20.1", "Alpine Linux v3.20", i7);
  if (name == "rhel-9.4") return make("rhel", "9.4", "Red Hat Enterprise Linux 9.4 (Plow)", silver);
  if (name == "rhel-8.6")
    return make("rhel", "8.6", "Red Hat Enterprise Linux 8.6 (Ootpa)", silver);
  const std::string platinum = "Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz";
  if (name == "oracle-9.4") return make("ol", "9.4", "Oracle Linux Server 9.4", platinum);
  if (name == "oracle-9.4-kvm")
    return make("ol", "9.4", "Oracle Linux Server 9.4", platinum, "KVM");
  const std::string c6i = "Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz";
  if (name == "amazon-2023") return make("amzn", "2023", "Amazon Linux 2023", c6i);
  if (name == "amazon-2023-kvm") return make("amzn", "2023", "Amazon Linux 2023", c6i, "KVM");
  const std::string m5 = "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz";
  if (name == "almalinux-9.2")
    return make("almalinux", "9.2", "AlmaLinux 9.2 (Turquoise Kodkod)", m5);
  if (name == "almalinux-9.4")
    return make("almalinux", "9.4", "AlmaLinux 9.4 (Seafoam Ocelot)", m5);
  if (name == "almalinux-10")
    return make("almalinux", "10", "AlmaLinux 10 (Purple Lion)", "Intel(R) Xeon(R) Platinum 8488C");
  if (name == "sles-15.6")
    return make("sles", "15.6", "SUSE Linux Enterprise Server 15 SP6",
                "AMD EPYC 7343 16-Core Processor");
  if (name == "sles-15.4")
    return make("sles", "15.4", "SUSE Linux Enterprise Server 15 SP4",
                "Intel(R) Xeon(R) Silver 4215R CPU @ 3.20GHz");
  const std::string gold = "Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz";
  if (name == "photon-4.0") return make("photon", "4.0", "VMware Photon OS/Linux", gold);
  if (name == "photon-4.0-vmware")
    return make("photon", "4.0", "VMware Photon OS/Linux", gold, "VMware");
  if (name == "rocky-9.2") return make("rocky", "9.2", "Rocky Linux 9.2 (Blue Onyx)", silver);
  FAIL("no system " << name);
  return {};
}

struct Found {
  std::string match = "none", certificates;
  std::int64_t first = 0;
};

std::string numbers(const std::vector<cmvp::ModuleMatch>& matches, bool exact) {
  std::set<std::int64_t> found;
  for (const auto& each : matches)
    if (exact ? each.exact : !each.version_matches) found.insert(each.certificate);
  std::string text;
  for (const auto number : found) text += (text.empty() ? "" : " ") + std::to_string(number);
  return text;
}

// exact; near (a version that is another); part (the version of a part); unknown (no version to
// compare); ambiguous (several such)
Found summary(const std::vector<cmvp::ModuleMatch>& matches) {
  Found found;
  if (matches.empty()) return found;
  const auto& best = matches.front();
  found.first = best.certificate;
  if (best.exact) {
    found.match = "exact";
    found.certificates = numbers(matches, true);
  } else if (best.version_matches) {
    found.match = "near";
    found.certificates = std::to_string(best.certificate);
  } else {
    found.certificates = numbers(matches, false);
    found.match = found.certificates.find(' ') == std::string::npos ? "unknown" : "ambiguous";
    if (best.part_only) found = {"part", std::to_string(best.certificate), best.certificate};
  }
  return found;
}

// What a provider reports of itself, as the probe records it.
cmvp::ReportedModule provider(const std::string& name, const std::string& version) {
  return {"module", name, version};
}

// What a PKCS #11 library or token tells on `system`, through the table of names.
cmvp::ReportedModule pkcs11_part(const std::string& part, const std::string& manufacturer,
                                 const std::string& words, const std::string& version,
                                 const cmvp::ObservedSystem& system) {
  auto db = fixture::evidence();
  db.prepare(
        "INSERT INTO operating_system (source, basis, host, id, version_id, name, host_name)"
        " VALUES (1, 'declared', 'host', ?, ?, 'x', 'x')")
      .bind(1, system.id)
      .bind(2, system.version_id)
      .step();
  const char* sql =
      part == "library"
          ? "INSERT INTO pkcs11_library (source, basis, module, loaded, initialized, manufacturer,"
            " description, library_version) VALUES (1, 'listed', 'module', 1, 1, ?, ?, ?)"
          : "INSERT INTO pkcs11_token (source, basis, token, module, slot, manufacturer, model,"
            " firmware_version) VALUES (1, 'listed', 'pkcs11:token=a', 'module', '0', ?, ?, ?)";
  db.prepare(sql).bind(1, manufacturer).bind(2, words).bind(3, version).step();
  const auto modules = cmvp::pkcs11_modules(db, cmvp::known_names());
  REQUIRE(modules.size() == 1);
  return modules[0];
}

// "exact 4985: Active; tested": how the module matches on `date`, which certificates, the status of
// the best one, and how the system stands to its environments.
std::string on_date(const cmvp::ReportedModule& module, const cmvp::ObservedSystem& system,
                    cmvp::Certificates& certificates, const std::string& date) {
  const auto found = summary(cmvp::match_all(module, certificates, date));
  const cmvp::Certificate* certificate = certificates.find(found.first);
  if (certificate == nullptr) return found.match;
  return found.match + " " + found.certificates + ": " +
         cmvp::status_as_of(*certificate, date).status + "; " +
         cmvp::match_environment(system, certificate->environments).verdict;
}

}  // namespace

TEST_CASE("modules of many vendors match the certificates that were written down for them") {
  const std::string file = ASSAY_SOURCE_DIR "/tests/cmvp/matching_cases.csv";
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  const base::Csv cases = base::parse_csv(text.str(), file);
  const auto snapshot = cmvp::built_in_snapshot();
  cmvp::Certificates certificates(snapshot);
  std::size_t with_certificate = 0;
  for (const auto& row : cases.rows) {
    const auto cell = [&](const std::string& column) { return row[cases.column(column)]; };
    const auto system = system_named(cell("system"));
    const auto module = cell("part") == "provider"
                            ? provider(cell("name"), cell("version"))
                            : pkcs11_part(cell("part"), cell("manufacturer"), cell("name"),
                                          cell("version"), system);
    with_certificate += cell("on_2026_11_23") == "none" ? 0 : 1;
    for (const std::string date : {"2026-01-15", "2026-09-21", "2026-11-23"}) {
      CAPTURE(cell("name"), cell("version"), cell("system"), cell("source"), date);
      const std::string column =
          "on_" + date.substr(0, 4) + "_" + date.substr(5, 2) + "_" + date.substr(8);
      CHECK(on_date(module, system, certificates, date) == cell(column));
    }
  }
  CHECK(with_certificate >= 60);
}

TEST_CASE("a module that tells the version of one part is told which others are open") {
  const auto snapshot = cmvp::built_in_snapshot();
  cmvp::Certificates certificates(snapshot);
  const auto first = [&](const char* name, const char* version, const char* as_of) {
    return cmvp::match_all(provider(name, version), certificates, as_of).at(0);
  };
  const auto shield = first("nShield 5s Hardware Security Module", "13.2.4", "2026-11-23");
  CHECK_FALSE(shield.exact);
  CHECK(shield.part_only);
  CHECK_FALSE(shield.version_matches.has_value());
  CHECK(
      shield.reasons_for.back() ==
      "version 13.2.4 is that of a part that it covers, primary and recovery (from the certificate "
      "page)");
  CHECK(shield.reasons_against.back() ==
        "it was validated together with uboot 1.1.0 or 1.4.1, of which the provider tells nothing");
  const auto marvell =
      first("Marvell LS2 HSM Family", "MARVELL-LS2-FW-10.02-1102", "2026-11-23");  // Four of 18.
  CHECK(marvell.reasons_against.back() ==
        "it was validated together with MARVELL-LS2-UBOOT 10.01-10, of which the provider tells "
        "nothing; 4 combinations have that version");
  CHECK_FALSE(first("nShield 5s Hardware Security Module", "13.2.5", "2026-11-23").part_only);
}

TEST_CASE("a certificate that was updated after the date judged says so, and keeps its match") {
  const auto snapshot = cmvp::built_in_snapshot();
  cmvp::Certificates certificates(snapshot);
  const auto on = [&](const char* as_of) {
    return cmvp::match_all(provider("KeyPair FIPS Provider for OpenSSL 3", "3.0.10 with KP_1.2"),
                           certificates, as_of)
        .at(0);
  };
  CHECK(on("2025-05-22").exact);  // #4724: validated on 2024-07-11, updated on 2025-05-23
  REQUIRE(on("2025-05-22").reasons_against.size() == 1);
  CHECK(on("2025-05-22")
            .reasons_against[0]
            .starts_with("the certificate was updated on 2025-05-23, after the date judged"));
  CHECK(on("2025-05-23").reasons_against.empty());
  CHECK(on("2024-07-10").reasons_against.empty());  // Not yet validated: its status says so.
}
