// Every provider here is ours (tests/hostile/provider.c); what it must come to is docs/traps.md.
#include <signal.h>

#include <sstream>
#include <thread>

#include "tests/catch.h"
#include "tests/traps/assay.h"

namespace {

using tests::Checked;
using tests::Texts;

/// A folder with the hostile provider in it, configured to misbehave in one way.
class Hostile {
 public:
  explicit Hostile(const std::string& misbehaviour) {
    tests::write(configuration(),
                 "openssl_conf = init\n[init]\nproviders = list\nalg_section = algorithms\n"
                 "[algorithms]\ndefault_properties = fips=yes\n"
                 "[list]\nfips = fips_sect\nbase = base_sect\n[base_sect]\nactivate = 1\n"
                 "[fips_sect]\nactivate = 1\nmisbehaviour = \"" +
                     misbehaviour + "\"\nnotes = " + notes() + "\nmodule-mac = 00:11\n");
    std::filesystem::copy_file(ASSAY_BINARY_DIR "/tests/hostile/fips.so",
                               folder_.path() + "/fips.so");
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
  }

  Checked check(const Texts& environment = {}) const {
    tests::Assay assay;
    assay.environment = environment;
    assay.options = {"--time-limit",      "2",           "--openssl-conf", configuration(),
                     "--openssl-modules", folder_.path()};
    return assay.check();
  }

  /// The processes that the provider started and that are still there.
  Texts alive() const {
    Texts result;
    std::istringstream numbers(tests::contents(notes()));
    for (pid_t process = 0; numbers >> process;)
      if (kill(process, 0) == 0) result.push_back(std::to_string(process));
    return result;
  }

  bool started_processes() const { return !tests::contents(notes()).empty(); }

 private:
  std::string configuration() const { return folder_.path() + "/openssl.cnf"; }
  std::string notes() const { return folder_.path() + "/notes"; }

  base::TemporaryFolder folder_;
};

// What holds whatever the provider does.
void check_unharmed(const Hostile& hostile, const Checked& checked) {
  INFO(checked.errors);
  CHECK((checked.exit_code == 1 || checked.exit_code == 3));
  CHECK(checked.took < std::chrono::seconds(60));
  CHECK(checked.left_behind.empty());
  CHECK(hostile.alive().empty());
  CHECK(checked.cell("SELECT count(*) FROM operating_system") == "1");
  CHECK(checked.cell("SELECT ending FROM probe_run WHERE probe = 'operating-environment'") ==
        "finished");
  CHECK(checked.cell("SELECT matches FROM module_integrity WHERE way = 'recomputed'") == "0");
  CHECK(checked.rung("openssl:fips", "integrity") == "fail");
  CHECK(checked.rung("openssl:fips", "self-tests") != "pass");
}

// What holds besides for a provider that never came to be loaded.
void check_not_loaded(const Checked& checked) {
  for (const char* rung : {"approved-mode", "certificate-active", "services"})
    CHECK(checked.rung("openssl:fips", rung) != "pass");
}

Texts endings(const Checked& checked, const std::string& where) {
  return checked.query("SELECT DISTINCT ending, code FROM probe_run WHERE probe LIKE 'openssl-" +
                       where + "' ORDER BY 1");
}

std::string reasons(const Checked& checked) {
  std::string all;
  for (const std::string& reason :
       checked.query("SELECT reason FROM source WHERE outcome = 'unreadable'"))
    all += reason + "\n";
  return all;
}

}  // namespace

TEST_CASE("a provider whose load ends the process is on record by how it ended") {
  const auto [misbehaviour, ending, words] = GENERATE(table<std::string, std::string, std::string>({
      {"init crashes", "signalled,11", "was killed by signal 11"},
      {"init aborts", "signalled,6", "was killed by signal 6"},
      {"init exits", "exited,3", "exited with status 3"},
      {"init exits quietly", "exited,0", "exited with status 0"},
      {"init takes memory", "signalled,6", "was killed by signal 6"},
  }));
  INFO(misbehaviour);
  const Hostile hostile(misbehaviour);
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  check_not_loaded(checked);
  CHECK(endings(checked, "default") == Texts{ending});
  CHECK(endings(checked, "module-fips") == Texts{ending});
  CHECK_THAT(reasons(checked), Catch::Contains(words) &&
                                   Catch::Contains("in step \"\"load configuration\"\"") &&
                                   Catch::Contains("in step \"\"load provider fips\"\""));
  CHECK(checked.cell("SELECT count(*) FROM step WHERE name = 'load configuration' AND ending LIKE"
                     " '%" +
                     words + "%'") == "1");
}

TEST_CASE("a provider whose load hangs is on record when its time is up") {
  const std::string misbehaviour =
      GENERATE(as<std::string>(), "init hangs", "init stops", "init reports for ever");
  INFO(misbehaviour);
  const Hostile hostile(misbehaviour);
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  check_not_loaded(checked);
  CHECK(endings(checked, "default") == Texts{"timed out,0"});
  CHECK_THAT(reasons(checked), Catch::Contains("until its time was up"));
}

TEST_CASE("a provider that fails to load is on record, however it is asked for") {
  const Hostile hostile("init fails");
  const Checked checked = hostile.check({"ASSAY_HOSTILE=init fails"});
  check_unharmed(hostile, checked);
  check_not_loaded(checked);
  CHECK(checked.cell("SELECT count(*) FROM provider WHERE module = 'openssl:fips' AND active = 0"
                     " AND load_error <> ''") == "1");
}

TEST_CASE("a provider that loads by name but not as it is configured is not active") {
  const Hostile hostile("init fails");
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK(checked.cell("SELECT active FROM provider WHERE module = 'openssl:fips'") == "0");
  CHECK(checked.rung("openssl:fips", "approved-mode") == "fail");
}

TEST_CASE("what a provider prints is an artifact and never part of the report") {
  const auto [misbehaviour, bytes] = GENERATE(
      table<std::string, std::string>({{"init prints", "1024"}, {"init prints much", "65536"}}));
  INFO(misbehaviour);
  const Hostile hostile(misbehaviour);
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK(checked.query("SELECT name, length(content) FROM artifact WHERE name LIKE"
                      " 'openssl-default.%' ORDER BY name") ==
        Texts{"openssl-default.stderr," + bytes, "openssl-default.stdout," + bytes});
  CHECK(checked.errors.find("xxxx") == std::string::npos);
}

TEST_CASE("a provider that closes every file cuts no probe off") {
  const Hostile hostile("init closes files");
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK(endings(checked, "default") == Texts{"finished,"});
  CHECK(checked.cell("SELECT version FROM provider WHERE module = 'openssl:fips'") == "3.1.2");
}

TEST_CASE("a process that a provider starts does not outlive the run") {
  const std::string misbehaviour = GENERATE(as<std::string>(), "init forks", "init forks away");
  INFO(misbehaviour);
  const Hostile hostile(misbehaviour);
  const Checked checked = hostile.check();
  CHECK(hostile.started_processes());
  check_unharmed(hostile, checked);
  CHECK(endings(checked, "default") == Texts{"finished,"});
}

TEST_CASE("files that a provider makes where it stands are gone after the run") {
  const Hostile hostile("init leaves files");
  check_unharmed(hostile, hostile.check());
}

TEST_CASE("names that are no text become printable text") {
  const Hostile hostile("garbage strings");
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK(checked.cell("SELECT count(*) FROM provider WHERE module = 'openssl:fips'") == "1");
  CHECK(checked.cell("SELECT name LIKE '%' || char(27) || '%' FROM provider WHERE module ="
                     " 'openssl:fips'") == "0");
  CHECK(checked.rung("openssl:fips", "certificate") != "pass");
}

TEST_CASE("an impostor with the name and version of a validated module is not taken for it") {
  const Hostile hostile("impostor");
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK(checked.cell("SELECT name, version FROM provider WHERE module = 'openssl:fips'") ==
        "OpenSSL FIPS Provider,3.1.2");
  CHECK(checked.exit_code == 1);
}

TEST_CASE("an algorithm without implementation is listed, and on record when it is used") {
  const Hostile hostile("null implementation");
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK(checked.cell("SELECT count(*) > 0 FROM algorithm WHERE module = 'openssl:fips'"
                     " AND name = 'SHA2-256'") == "1");
  CHECK_THAT(reasons(checked), Catch::Contains("was killed by signal 11"));
}

TEST_CASE("a provider that fails when it is asked what it offers is on record") {
  const auto [misbehaviour, words] = GENERATE(
      table<std::string, std::string>({{"query crashes", "was killed by signal 11"},
                                       {"query hangs", "until its time was up"},
                                       {"params crash", "was killed by signal 11"},
                                       {"digest crashes", "was killed by signal 11"},
                                       {"digest hangs", "until its time was up"},
                                       {"self-test hangs", "until its time was up"},
                                       {"self-test reports for ever", "until its time was up"}}));
  INFO(misbehaviour);
  const Hostile hostile(misbehaviour);
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK_THAT(reasons(checked), Catch::Contains(words) && Catch::Contains("in step"));
}

TEST_CASE("a poisoned service does not keep the others from being tried") {
  const Hostile hostile("digest hangs");
  const Checked checked = hostile.check();
  CHECK(checked.cell("SELECT count(*) > 50 FROM service WHERE context = 'default'") == "1");
}

TEST_CASE("a digest that writes more than it says brings down its own step alone") {
  const Hostile hostile("digest overruns");
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK(checked.cell("SELECT count(*) FROM provider WHERE module = 'openssl:fips'") == "1");
}

TEST_CASE("a provider without any function is on record") {
  const Hostile hostile("no functions");
  const Checked checked = hostile.check();
  check_unharmed(hostile, checked);
  CHECK(checked.cell("SELECT count(*) FROM provider_file WHERE module = 'openssl:fips'") == "1");
}
