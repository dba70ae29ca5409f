// The module here is ours (tests/pkcs11/fake_services.c); what it does is written down there.
#include "tests/catch.h"
#include "tests/traps/assay.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using tests::Checked;
using tests::Texts;

const std::string kModule = ASSAY_BINARY_DIR "/tests/pkcs11/fake_services.so";
const std::string kKey = "pkcs11:" + kModule;

Checked check(const std::string& misbehaviour, const Texts& options = {"--exercise"}) {
  tests::Assay assay;
  assay.environment = {"ASSAY_FAKE=" + misbehaviour};
  assay.options = {kModule, "--time-limit", "5"};
  assay.options.insert(assay.options.end(), options.begin(), options.end());
  return assay.check();
}

std::string service(const Checked& checked, const std::string& id) {
  return checked.cell(
      "SELECT outcome, wrong, result, indicator FROM pkcs11_service"
      " WHERE service = '" +
      id + "'");
}

}  // namespace

TEST_CASE("a token is not exercised unless it is asked for") {
  const Checked checked = check("", {});
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_service") == "0");
  CHECK(checked.query("SELECT name FROM step WHERE name LIKE '%Session%'").empty());
  CHECK(checked.cell("SELECT exercised FROM run") == "0");
  CHECK_THAT(checked.finding("pkcs11-services-right"), StartsWith("notchecked"));
}

TEST_CASE("services of a token are on record with outcome, returned value and indicator") {
  const Checked checked = check("");
  INFO(checked.errors);
  CHECK(checked.cell("SELECT exercised FROM run") == "1");
  CHECK(service(checked, "digest-sha2-256") == "performed,0,,approved");
  CHECK(service(checked, "digest-md5") == "performed,0,,not approved");
  CHECK(service(checked, "digest-sha1") == "unsupported,0,CKR_MECHANISM_INVALID,none");
  CHECK(service(checked, "random-token") == "performed,0,,approved");
  CHECK(checked.cell("SELECT count(*) > 120 FROM pkcs11_service") == "1");
  CHECK(checked.query("SELECT moment, objects FROM pkcs11_census WHERE class = 'all'") ==
        Texts{"before,1", "after,1"});
  for (const char* rule : {"pkcs11-services-right", "pkcs11-listed-works", "pkcs11-works-listed",
                           "pkcs11-no-false-approval", "pkcs11-non-approved-indicated",
                           "pkcs11-approved-indicated", "pkcs11-objects-unchanged"}) {
    INFO(rule);
    CHECK_THAT(checked.finding(rule), StartsWith("pass"));
  }
  CHECK(checked.rung(kKey, "services") == "pass");
  CHECK_THAT(checked.report().dump(), Contains("PKCS#11 services"));
}

TEST_CASE("what a token does wrongly is found") {
  const auto [misbehaviour, rule, words] = GENERATE(table<std::string, std::string, std::string>({
      {"digests wrongly", "pkcs11-services-right", "the digest is wrong"},
      {"writes past the place", "pkcs11-services-right", "wrote past the place"},
      {"says it gave more", "pkcs11-services-right", "more than there is room for"},
      {"repeats itself", "pkcs11-services-right", "repeats itself"},
      {"lists too much", "pkcs11-listed-works", "CKM_SHA512"},
      {"lists too little", "pkcs11-works-listed", "CKM_MD5 (digest-md5)"},
      {"approves everything", "pkcs11-no-false-approval", "MD5 digest"},
      {"has no indicator", "pkcs11-non-approved-indicated", "digest-md5"},
      {"gives general errors", "pkcs11-services-answer", "CKR_GENERAL_ERROR"},
      {"leaves objects behind", "pkcs11-objects-unchanged", "kept by the token"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  INFO(checked.errors);
  CHECK(checked.exit_code == 1);
  CHECK_THAT(checked.finding(rule), Contains("fail: ") && Contains(words));
}

TEST_CASE("a module that crashes in many services costs those services alone") {
  const Checked checked = check("crashes often");
  CHECK(checked.cell("SELECT ending, code FROM probe_run WHERE probe = 'pkcs11-services'") ==
        "signalled,6");
  CHECK(checked.cell("SELECT restarts > 5 FROM probe_run WHERE probe = 'pkcs11-services'") == "1");
  CHECK(service(checked, "digest-sha2-256") == "performed,0,,approved");
  CHECK(service(checked, "random-token") == "performed,0,,approved");
  CHECK(checked
            .query("SELECT s.method FROM source AS s JOIN source_feed AS f ON f.source = s.id"
                   " WHERE s.outcome = 'unreadable' AND f.table_name = 'pkcs11_service'"
                   " AND s.method LIKE '%digest-md5'")
            .size() == 1);
  CHECK(checked.query("SELECT moment, objects FROM pkcs11_census WHERE class = 'all'") ==
        Texts{"before,1", "after,1"});
  CHECK_THAT(checked.finding("pkcs11-services-right"), StartsWith("unknown"));
  CHECK_THAT(checked.finding("pkcs11-no-false-approval"), StartsWith("unknown"));
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_library") == "1");
}

TEST_CASE("services that need a login are unknown and not a pass") {
  const Checked checked = check("needs a login");
  CHECK(service(checked, "digest-md5") == "refused,0,CKR_USER_NOT_LOGGED_IN,none");
  for (const char* rule : {"pkcs11-services-right", "pkcs11-listed-works",
                           "pkcs11-no-false-approval", "pkcs11-non-approved-indicated"}) {
    INFO(rule);
    CHECK_THAT(checked.finding(rule), StartsWith("unknown") && Contains("--login"));
  }
}

TEST_CASE("a module that keeps objects of a session is not given more of them") {
  const Checked checked = check("leaves objects behind");
  CHECK_THAT(checked.finding("pkcs11-objects-unchanged"), StartsWith("fail"));
  CHECK_THAT(checked.finding("pkcs11-services-right"),
             StartsWith("unknown") && Contains("keeps objects of a session"));
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_service WHERE operation = 'sign'") == "0");
  CHECK(service(checked, "digest-sha2-256") == "performed,0,,approved");
}

TEST_CASE("a token is timed on demand, at 1, 4 and 16 threads") {
  CHECK(check("").cell("SELECT count(*) FROM pkcs11_speed") == "0");
  const Checked checked = check("", {"--measure"});
  CHECK(checked.query("SELECT what, threads, calls > 0, microseconds >= 200000, failures"
                      " FROM pkcs11_speed ORDER BY rowid") ==
        Texts{"open and close a session,1,1,1,0", "open and close a session,4,1,1,0",
              "open and close a session,16,1,1,0", "find all objects,1,1,1,0",
              "find all objects,4,1,1,0", "find all objects,16,1,1,0"});
  CHECK_THAT(checked.report().dump(), Contains("PKCS#11 speed"));
  CHECK(checked.cell("SELECT count(*) > 120 FROM pkcs11_service") == "1");
}
