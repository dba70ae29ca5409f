#include "cli/source_map.h"

#include "cli/parse.h"
#include "reports/format.h"
#include "tests/catch.h"

using Catch::Matchers::Contains;

namespace {

std::vector<cli::SourceMapping> mappings(const std::vector<std::string>& words) {
  return cli::source_mappings(cli::parse(cli::command_named("check"), words));
}

// Where annotations show a finding about `place`.
std::string annotated(const std::string& place, const std::vector<std::string>& words) {
  rules::Assessment assessment;
  assessment.findings.resize(1);
  assessment.findings[0].result = rules::Result::fail;
  assessment.findings[0].message = place + ": is not set";
  map_sources(assessment, mappings(words));
  CHECK(assessment.findings[0].message == place + ": is not set");
  const std::string text = reports::format_named("github").write(assessment);
  return text.substr(0, text.find("title="));
}

}  // namespace

TEST_CASE("a finding about a mapped file is annotated at its source") {
  CHECK(annotated("/etc/ssl/openssl.cnf:7", {"--source-map", "/etc/ssl=config/ssl/"}) ==
        "::notice file=config/ssl/openssl.cnf,line=7,");
  CHECK(annotated("/etc/ssl/openssl.cnf", {"--source-map", "/etc/ssl/openssl.cnf=my.cnf"}) ==
        "::notice file=my.cnf,");
  CHECK(annotated("/work/a/b.cnf:1", {"--source-map", "/work/a=."}) ==
        "::notice file=b.cnf,line=1,");
  CHECK(annotated("/etc/a.cnf:1", {"--source-map", "/=rootfs"}) ==
        "::notice file=rootfs/etc/a.cnf,line=1,");
}

TEST_CASE("the longest mapped place counts, and a name that only begins alike does not") {
  CHECK(annotated("/etc/ssl/a:1", {"--source-map", "/=rootfs", "--source-map", "/etc/ssl=ssl"}) ==
        "::notice file=ssl/a,line=1,");
  CHECK(annotated("/etc/ssl2/a:1", {"--source-map", "/etc/ssl=ssl"}) ==
        "::notice file=/etc/ssl2/a,line=1,");
}

TEST_CASE("a mapping that is no pair is an error that shows one") {
  CHECK_THROWS_WITH(mappings({"--source-map", "etc=ssl"}), Contains("/etc/ssl=config/ssl"));
  CHECK_THROWS_WITH(mappings({"--source-map", "/etc"}), Contains("PLACE=SOURCE"));
}
