#include "cli/exit_code.h"
#include "cli/help.h"
#include "tests/catch.h"
#include "tests/cli/terminal.h"

using Catch::Matchers::Contains;
using cli_test::error_of;

TEST_CASE("a mistyped command is answered with the nearest one") {
  CHECK_THAT(error_of({"chekc"}), Contains("did you mean check?"));
  CHECK_THAT(error_of({"zebra"}), Contains("see assay --help"));
}

TEST_CASE("a mistyped option is answered with the nearest one") {
  CHECK_THAT(error_of({"check", "--formt", "json"}), Contains("did you mean --format?"));
  CHECK_THAT(error_of({"query", "--root", "/"}), Contains("has no option --root"));
}

TEST_CASE("an option is never guessed from its beginning") {
  CHECK_THAT(error_of({"check", "--pass"}), Contains("has no option"));
}

TEST_CASE("a word that an option does not know is answered with those it knows") {
  CHECK_THAT(error_of({"check", "--format", "htm"}),
             Contains("text json html xlsx") && Contains("did you mean html?"));
  CHECK_THAT(error_of({"check", "--fail-on", "severe"}), Contains("low medium high critical"));
}

TEST_CASE("a value that makes no sense names the option and what it takes") {
  CHECK_THAT(error_of({"probe", "-o", "/tmp", "--time-limit", "soon"}),
             Contains("--time-limit is a number of seconds"));
  CHECK_THAT(error_of({"cmvp", "status", "4985", "--as-of", "2026-02-30"}), Contains("YYYY-MM-DD"));
  CHECK_THAT(error_of({"cmvp", "show", "many"}), Contains("a certificate number is needed"));
  CHECK_THAT(error_of({"explain", "module-integrty"}), Contains("rules list"));
}

TEST_CASE(
    "a pack that is not there is answered with the nearest one, or with how to name a folder") {
  CHECK_THAT(error_of({"rules", "test", "--pack", "fips140-3"}),
             Contains("did you mean fips-140-3?"));
  CHECK_THAT(error_of({"rules", "test", "--pack", "zebra-of-our-house"}),
             Contains("there are claims, ") && Contains("a folder is named ./zebra-of-our-house"));
}

TEST_CASE("a file that is no evidence is answered with how to collect some") {
  CHECK_THAT(error_of({"query", "/etc/passwd", "SELECT 1"}),
             Contains("/etc/passwd: no evidence") && Contains("assay probe -o DIR"));
}

TEST_CASE("findings about waivers and baselines are explained too") {
  const auto ran = cli_test::run({"explain", "waiver-expired"});
  CHECK(ran.code == cli::kHolds);
  CHECK_THAT(ran.out, Contains("A waiver has expired") && Contains("docs/gate.md"));
}

TEST_CASE("the help of every command names its options and gives an example") {
  for (const cli::Command& command : cli::all_commands()) {
    INFO(command.name);
    const std::string help = cli::command_help(command);
    for (const cli::Option& option : command.options)
      CHECK_THAT(help, Contains("--" + std::string(option.name)));
    CHECK_THAT(help, Contains("Examples"));
    CHECK_THAT(cli::overall_help(), Contains(std::string(command.summary)));
  }
}

TEST_CASE("manual page and completions know every command and option") {
  const std::string manual = cli::manual_page();
  for (const cli::Command& command : cli::all_commands()) {
    INFO(command.name);
    CHECK_THAT(manual, Contains("assay " + std::string(command.name)));
    for (const auto shell : {"bash", "zsh", "fish"}) {
      const std::string completion = cli::completion(shell);
      CHECK_THAT(completion, Contains(std::string(command.name)));
      for (const cli::Option& option : command.options)
        CHECK_THAT(completion, Contains(std::string(option.name)));
    }
  }
  CHECK_THROWS_WITH(cli::completion("tcsh"), Contains("bash, zsh and fish"));
}
