#include <fmt/format.h>

#include <filesystem>
#include <ostream>

#include "cli/exit_code.h"
#include "cli/judge.h"
#include "cmvp/fetch.h"
#include "cmvp/store.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/process.h"
#include "evidence/probes/openssl_process.h"
#include "evidence/probes/pkcs11_process.h"

namespace cli {
namespace {

constexpr std::string_view kExamples[] = {"assay doctor"};

/// One thing that was looked at: what was found, and the next step if it is not as it should be.
struct Check {
  bool good;
  std::string found, next;
};

Check probe_program(const std::string& what, const std::string& name) {
  const auto path = evidence::probes::probe_program(name);
  if (path) return {true, "the " + what + " probe program: " + *path, ""};
  return {false, "the " + what + " probe program " + name + " is not there",
          "install assay again (cmake --install), or keep it beside the assay program"};
}

Check temporary_files() {
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  if (!error) return {true, "temporary files go to " + folder.string(), ""};
  return {false, "there is no folder for temporary files",
          "set TMPDIR to a folder that can be written"};
}

Check snapshot() {
  const base::Database certificates = cmvp::choose_snapshot(base::SystemHost(), std::nullopt, "");
  auto query = certificates.prepare("SELECT taken_at, certificates FROM snapshot");
  if (!query.step())
    return {false, "the built-in certificate snapshot is empty", "build assay again"};
  return {
      true,
      fmt::format("certificate snapshot of {}, {} certificates", query.text(0), query.integer(1)),
      ""};
}

Check packs() {
  std::string names;
  for (const std::string& name : rules::built_in_packs()) {
    const rules::Pack pack = rules::read_pack(rules::built_in_pack_files(name));
    names += fmt::format("{}{} {} ({} rules)", names.empty() ? "" : ", ", pack.id, pack.version,
                         pack.rules.size());
  }
  return {!names.empty(), "rule packs: " + (names.empty() ? "none" : names), "build assay again"};
}

Check isolation() {
  base::SharedMemory memory(4096);
  const auto result = base::run_in_child([&memory] { memory.append("x"); }, memory, {});
  const bool works = result.ending.kind == base::Ending::Kind::exited && memory.contents() == "x";
  return {works,
          works ? "probes run in child processes" : "child processes: " + in_words(result.ending),
          "allow this user to start processes and to use memfd_create"};
}

// What this build does not look at yet: a reader must not take silence for absence.
constexpr std::string_view kNotBuiltIn =
    "not looked at by this version: keys and services of PKCS#11 modules, NSS among them "
    "(only what they list), TPMs, the kernel's algorithms, libgcrypt, GnuTLS, cloud KMS, "
    "statically linked cryptography";

int run(const Invocation&, Terminal& terminal) {
  bool all_good = true;
  for (const Check& check : {probe_program("OpenSSL", evidence::probes::kOpensslProbeProgram),
                             probe_program("PKCS#11", evidence::probes::kPkcs11ProbeProgram),
                             isolation(), temporary_files(), snapshot(), packs()}) {
    terminal.out << (check.good ? "+ " : "x ") << check.found << "\n";
    if (!check.good) terminal.out << "    do: " << check.next << "\n";
    all_good = all_good && check.good;
  }
  terminal.out << "- " << kNotBuiltIn << "\n";
  if (!cmvp::can_fetch())
    terminal.out << "- no libcurl: assay cmvp update cannot fetch; install libcurl4, or use assay "
                    "cmvp import\n";
  return all_good ? kHolds : kUndetermined;
}

}  // namespace

Command doctor_command() {
  return {"doctor",
          "",
          "Say what this build and this machine lack, and the next step for each",
          "Tries the parts that every assessment needs. Exit code 3 if one of them does not work.",
          {},
          kExamples,
          run};
}

}  // namespace cli
