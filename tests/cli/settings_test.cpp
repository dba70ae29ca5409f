#include "cli/settings.h"

#include "cli/judge.h"
#include "cli/parse.h"
#include "cli/settings_keys.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "tests/catch.h"
#include "tests/cli/terminal.h"
#include "tests/probes/fake_host.h"

using Catch::Matchers::Contains;
using Strings = std::vector<std::string>;

namespace {

cli::Invocation completed(const tests::FakeHost& host, const Strings& words = {}) {
  const cli::Command& check = cli::command_named("check");
  return with_settings(check, cli::parse(check, words), host);
}

tests::FakeHost with_file(const std::string& text, const std::string& file = "assay.toml") {
  tests::FakeHost host;
  host.files[file] = text;
  return host;
}

std::string error_of(const tests::FakeHost& host, const Strings& words = {}) {
  try {
    completed(host, words);
  } catch (const base::Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a settings file stands for options") {
  const auto invocation = completed(with_file(
      "packs = [\"fips-140-3\", \"./policy\"]\nfail-on = \"high\"\nexit-zero = true\n"
      "max-snapshot-age = 30\nwaivers = \"waivers.toml\"\n[target]\nroot = \"/srv/image\"\n"
      "passive = false\n[output]\nfolder = \"out\"\nformats = [\"sarif\", \"html\"]\n"));
  CHECK(invocation.values("pack") == Strings{"fips-140-3", "./policy"});
  CHECK(invocation.values("fail-on") == Strings{"high"});
  CHECK(invocation.has("exit-zero"));
  CHECK(invocation.value("max-snapshot-age") == "30");
  CHECK(invocation.value("waivers") == "waivers.toml");
  CHECK(invocation.value("root") == "/srv/image");
  CHECK_FALSE(invocation.has("passive"));
  CHECK(invocation.value("output") == "out");
  CHECK(invocation.values("format") == Strings{"sarif", "html"});
}

TEST_CASE(
    "the command line goes before the environment, that before the file, that before profiles") {
  auto host = with_file("profiles = [\"federal\"]\nfail-on = \"low\"\nmax-snapshot-age = 7\n");
  CHECK(completed(host).values("fail-on") == Strings{"low"});
  CHECK(completed(host).values("pack") == Strings{"fips-140-3", "sp800-131a"});
  host.variables["ASSAY_FAIL_ON"] = "critical, rung:policy";
  CHECK(completed(host).values("fail-on") == Strings{"critical", "rung:policy"});
  CHECK(completed(host).value("max-snapshot-age") == "7");
  const auto given = completed(host, {"--fail-on", "high", "--profile", "hsm"});
  CHECK(given.values("fail-on") == Strings{"high"});
  CHECK(given.values("pack") ==
        Strings{"pkcs11", "key-management", "pkcs11-profiles", "sp800-131a"});
}

TEST_CASE("a format on the command line sets the folder of the settings aside") {
  const auto host = with_file("[output]\nfolder = \"out\"\nformats = [\"html\"]\n");
  const auto invocation = completed(host, {"--format", "json"});
  CHECK_FALSE(invocation.has("output"));
  CHECK(invocation.values("format") == Strings{"json"});
  CHECK(completed(host, {"-o", "here"}).values("format") == Strings{"html"});
}

TEST_CASE("the nearest settings file counts, and no other") {
  auto host = with_file("fail-on = \"low\"\n", "/etc/assay/assay.toml");
  CHECK(completed(host).value("fail-on") == "low");
  host.variables["HOME"] = "/home/a";
  host.files["/home/a/.config/assay/assay.toml"] = "fail-on = \"medium\"\n";
  CHECK(completed(host).value("fail-on") == "medium");
  host.variables["XDG_CONFIG_HOME"] = "/xdg";
  host.files["/xdg/assay/assay.toml"] = "baseline = \"known.txt\"\nwaivers = [\"/w\", \"v\"]\n";
  CHECK_FALSE(completed(host).has("fail-on"));
  CHECK(completed(host).value("baseline") == "/xdg/assay/known.txt");
  CHECK(completed(host).values("waivers") == Strings{"/w", "/xdg/assay/v"});
  host.files["assay.toml"] = "fail-on = \"high\"\n";
  CHECK(completed(host).value("fail-on") == "high");
  host.files["mine.toml"] = "fail-on = \"critical\"\n";
  CHECK(completed(host, {"--config", "mine.toml"}).value("fail-on") == "critical");
  CHECK_FALSE(completed(host, {"--config", "none"}).has("fail-on"));
  host.variables["ASSAY_CONFIG"] = "mine.toml";
  CHECK(completed(host).value("fail-on") == "critical");
}

TEST_CASE("a settings file that cannot be read is an error, not an absent one") {
  tests::FakeHost host;
  host.refused["assay.toml"] = "permission denied";
  CHECK_THAT(error_of(host),
             Contains("assay.toml: the settings cannot be read (permission denied)"));
  CHECK_THAT(error_of({}, {"--config", "none-such.toml"}), Contains("no such file"));
}

TEST_CASE("a key that no settings file has is answered with the nearest one") {
  CHECK(error_of(with_file("\nfail_on = \"high\"\n")) ==
        "assay.toml:2: no key \"fail_on\" is known here; did you mean fail-on?");
  CHECK_THAT(error_of(with_file("[output]\nformat = [\"html\"]\n")),
             Contains("assay.toml:2: no key \"format\" is known here; did you mean formats?"));
  CHECK_THAT(error_of(with_file("[targets]\n")), Contains("did you mean target?"));
}

TEST_CASE("a key of another table is answered with the table that it belongs to") {
  CHECK(error_of(with_file("packs = [\"pkcs11\"]\ntime-limit = 30\n")) ==
        "assay.toml:2: \"time-limit\" belongs into [target]");
  CHECK(error_of(with_file("format = \"html\"\n")) ==
        "assay.toml:1: \"format\" is called formats, and belongs into [output]");
  CHECK(error_of(with_file("[target]\nfail-on = \"high\"\n")) ==
        "assay.toml:2: \"fail-on\" belongs above the first table");
  CHECK(error_of(with_file("[output]\nroot = \"/srv\"\n")) ==
        "assay.toml:2: \"root\" belongs into [target]");
  CHECK(error_of(with_file("[target]\nprofiles = [\"ci\"]\n")) ==
        "assay.toml:2: \"profiles\" belongs above the first table");
}

TEST_CASE("a value that no option takes is told with the place it comes from") {
  CHECK_THAT(error_of(with_file("\nfail-on = [\"hihg\"]\n")),
             Contains("assay.toml:2: fail-on is one of low") && Contains("did you mean high?"));
  CHECK_THAT(error_of(with_file("max-snapshot-age = \"old\"\n")),
             Contains("assay.toml:1: \"max-snapshot-age\" has to be a whole number"));
  tests::FakeHost host;
  host.variables["ASSAY_FORMAT"] = "htm";
  CHECK_THAT(error_of(host), Contains("ASSAY_FORMAT: format is one of"));
  host.variables = {{"ASSAY_PASSIVE", "yes"}};
  CHECK(error_of(host) == "ASSAY_PASSIVE is 0 or 1, not \"yes\"");
  CHECK(error_of(with_file("\nprofiles = [\"ci\", \"fedral\"]\n")) ==
        "assay.toml:2: no profile \"fedral\"; did you mean federal?");
  host.variables = {{"ASSAY_PROFILE", "fedral"}};
  CHECK(error_of(host) == "ASSAY_PROFILE: no profile \"fedral\"; did you mean federal?");
  CHECK_THAT(error_of(with_file("\nfail-on = [high]\n")),
             Contains("assay.toml:2: no TOML: \"high\" is a text, and not in quotes"));
}

TEST_CASE("profiles merge: lists are joined, of ages the smaller counts") {
  const auto merged = cli::profile_settings({"ci", "federal", "hsm"});
  const auto of = [&](const std::string& option) {
    for (const cli::Setting& setting : merged)
      if (setting.option == option) return setting;
    return cli::Setting{};
  };
  CHECK(of("max-snapshot-age").values == Strings{"30"});
  CHECK(of("max-snapshot-age").from == "profile ci, profile federal");
  CHECK(of("pack").values ==
        Strings{"fips-140-3", "sp800-131a", "pkcs11", "key-management", "pkcs11-profiles"});
  CHECK(of("fail-on").values ==
        Strings{"high", "medium", "rung:certificate", "rung:certificate-active"});
}

TEST_CASE("every profile names packs that are built in and values that options take") {
  const cli::Command& check = cli::command_named("check");
  for (const cli::Option& option : check.options) {
    if (option.name != "profile") continue;
    std::istringstream names{std::string(option.choices)};
    for (std::string name; names >> name;) {
      INFO(name);
      for (const cli::Setting& setting : cli::profile_settings({name}))
        CHECK_NOTHROW(check_setting(setting, check.options));
      CHECK_FALSE(cli::chosen_packs(completed({}, {"--profile", name})).empty());
    }
  }
}

TEST_CASE("a command without profiles takes no settings") {
  const cli::Command& explain = cli::command_named("explain");
  const auto host = with_file("packs = [\"pkcs11\"]\n");
  CHECK_FALSE(with_settings(explain, cli::parse(explain, {"x"}), host).has("pack"));
}

TEST_CASE("a variable whose name is a slip is refused, and one that is near to none is not ours") {
  tests::FakeHost host;
  host.variables["ASSAY_PACKS"] = "sp800-131a";
  CHECK(error_of(host) == "no setting is called ASSAY_PACKS; did you mean ASSAY_PACK?");
  host.variables = {{"ASSAY_FIAL_ON", "high"}};
  CHECK_THAT(error_of(host), Contains("did you mean ASSAY_FAIL_ON?"));
  host.variables = {{"ASSAY_MODULE", "/usr/lib/softhsm/libsofthsm2.so"}, {"MY_FAIL_ON", "high"}};
  CHECK(error_of(host).empty());
}

TEST_CASE("every key of the settings page is one, with a value that is taken") {
  const std::string page = base::SystemHost().read_file(ASSAY_SOURCE_DIR "/docs/settings.md").text;
  const std::string fence = "```toml\n";
  const auto start = page.find(fence) + fence.size();
  const auto settings = cli::read_settings(page.substr(start, page.find("```", start) - start), "");
  CHECK(settings.profiles == Strings{"ci"});
  // Two flags are false there, and say nothing.
  CHECK(settings.settings.size() == cli::setting_keys().size() - 2);
}
