// Keys and signatures are made here with OpenSSL's own tool, as docs/rules-guide.md says.
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/settings.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/temporary_folder.h"
#include "rules/load_pack.h"
#include "tests/catch.h"
#include "tests/cli/terminal.h"
#include "tests/rules/small_pack.h"

using Catch::Matchers::Contains;

namespace {

// A settings file beside a pack of one rule, and evidence to judge.
class Workplace {
 public:
  Workplace() {
    REQUIRE(shell("mkdir '" + pack() + "'"));
    for (const rules::PackFile& file : rules::test::pack_files(rules::test::RuleText().xml()))
      write("policy/" + file.name, file.text);
    cli_test::run({"probe", "--passive", "-o", folder_.path()});
  }
  static bool shell(const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::string pack() const { return path("policy"); }
  std::string digest() const { return rules::load_pack(base::SystemHost(), pack(), {}).digest; }

  // The origin of the one pack that a report names, with `settings` as the settings file.
  std::string origin(const std::string& settings) const {
    write("assay.toml", settings);
    const cli::Command& check = cli::command_named("check");
    const cli::Invocation given = cli::parse(
        check, {path("evidence.db"), "--config", path("assay.toml"), "--format", "json"});
    std::ostringstream out, err;
    cli::Terminal terminal{out, err, false, false};
    check.run(with_settings(check, given, base::SystemHost()), terminal);
    return nlohmann::json::parse(out.str()).at("packs").at(0).value("origin", "");
  }

  // What becomes of a run that must not judge: its message. The program ends with exit code 4.
  std::string refusal(const std::string& settings) const {
    try {
      origin(settings);
    } catch (const base::Error& error) {
      CHECK(error.kind() == base::ErrorKind::mismatch);
      return error.what();
    }
    return {};
  }

 private:
  base::TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("a pack that the settings pin is judged by with its digest, and by no other") {
  const Workplace here;
  const std::string digest = here.digest();
  CHECK(here.origin("packs = [\"./policy@sha256:" + digest + "\"]\n") == "from a folder, pinned");
  CHECK(here.origin("packs = [\"./policy\"]\n") == "from a folder, neither pinned nor signed");
  CHECK_THAT(here.refusal("packs = [\"./policy@sha256:" + std::string(64, '0') + "\"]\n"),
             Contains("has the digest sha256:" + digest + ", not the one it is pinned to"));
}

TEST_CASE("where the settings name keys, a pack has to be signed by one of them") {
  const Workplace here;
  const std::string key = here.path("key"), line = here.path("line.txt");
  if (!Workplace::shell("openssl genpkey -algorithm ED25519 -out " + key) ||
      !Workplace::shell("openssl pkey -in " + key + " -pubout -out " + key + ".pub")) {
    WARN("skipped: there is no openssl that makes Ed25519 keys on this machine");
    return;
  }
  const std::string settings = "packs = [\"./policy\"]\npack-keys = [\"key.pub\"]\n";
  CHECK_THAT(here.refusal(settings), Contains("is not signed"));
  here.write("line.txt", cli_test::run({"rules", "digest", "--pack", here.pack()}).out);
  REQUIRE(Workplace::shell("openssl pkeyutl -sign -rawin -inkey " + key + " -in " + line +
                           " -out " + here.pack() + "/pack.sig"));
  CHECK_THAT(here.origin(settings), Contains("from a folder, signed by key sha256:"));
  here.write("policy/05.xml", "<rules>" + rules::test::RuleText().xml() + " </rules>");
  CHECK_THAT(here.refusal(settings), Contains("no signature over this pack"));
}
