// Relations are those of NIST's certificates: caveats of #4822, #5404, #5405, #5408, #1330 and
// #2422, and the names of #5158 and #4985.
#include "cmvp/bindings.h"

#include "cmvp/built_in.h"
#include "cmvp/snapshot.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"

namespace {

std::string bindings(std::int64_t number) {
  const auto snapshot = cmvp::built_in_snapshot();
  cmvp::Certificates certificates(snapshot);
  std::string text;
  for (const auto& each : cmvp::bindings_of(number, certificates))
    text += (text.empty() ? "" : "; ") + std::to_string(each.via) + " " + each.type + " " +
            std::to_string(each.bound) + " at " + std::to_string(each.depth) +
            (each.inferred ? " inferred" : "");
  return text;
}

}  // namespace

TEST_CASE("what a certificate operates with is found") {
  CHECK(bindings(4822) == "4822 operates_with 4725 at 1");
  CHECK(bindings(4985).empty());
  CHECK(bindings(999'999).empty());
}

TEST_CASE("a loop of caveats ends, and nothing rests on itself") {
  CHECK(bindings(5404) == "5404 operates_with 5408 at 1; 5408 operates_with 5405 at 2");
  CHECK(bindings(5408) == "5408 operates_with 5405 at 1; 5405 operates_with 5404 at 2");
  CHECK(bindings(5405) == "5405 operates_with 5404 at 1; 5404 operates_with 5408 at 2");
}

TEST_CASE("a re-brand resolves to its base") {
  CHECK(bindings(2422) == "2422 derived_from 1747 at 1");
}

TEST_CASE("a re-brand that only its name shows is marked as inferred") {
  CHECK(bindings(5158) == "5158 derived_from 4985 at 1 inferred");
  CHECK(cmvp::base_in_name("AWS OpenSSL FIPS Module (based on the OpenSSL FIPS Provider)") ==
        "openssl fips provider");
  CHECK(cmvp::base_in_name("OpenSSL FIPS Provider").empty());
  CHECK(cmvp::base_in_name("based on").empty());
}

TEST_CASE("an Active certificate that is bound to a Historical one is told with both") {
  const auto db =
      fixture::judged("SUSE Linux Enterprise Libica Cryptographic Module", "1.1", "2026-11-23");
  CHECK(fixture::cell(db, "SELECT status FROM certificate_status WHERE certificate = 4822") ==
        "Active");
  CHECK(fixture::cell(db,
                      "SELECT module || ' ' || certificate || ' ' || type || ' ' || bound || ' ' ||"
                      " status || ' ' || inferred FROM certificate_binding") ==
        "openssl:fips 4822 operates_with 4725 Historical 0");
  CHECK(fixture::cell(db, "SELECT name FROM certificate WHERE number = 4725") ==
        "SUSE Linux Enterprise OpenSSL Cryptographic Module");
}

TEST_CASE("the base of a re-brand speaks for it where its own version is not known") {
  const auto db =
      fixture::judged("Dell FIPS Module based on the OpenSSL FIPS Provider", "3.1.2", "2026-11-23");
  CHECK(fixture::cell(db, "SELECT grade FROM certificate_match") == "near");
  CHECK(fixture::cell(db, "SELECT version_matches IS NULL FROM certificate_match") == "1");
  CHECK(fixture::cell(db, "SELECT reasons_for FROM certificate_match") ==
        "the module reports the name of the certificate; it is by its name a re-brand of #4985 "
        "(OpenSSL FIPS Provider), which lists version 3.1.2");
  CHECK(fixture::cell(db, "SELECT count(*) FROM certificate_binding") == "0");
}

TEST_CASE("what a certificate says is not hidden by what was concluded") {
  // Made up: 1 is inferred to come from 2, which operates with 3; 1 operates with 4, and that
  // with 3.
  std::vector<cmvp::Certificate> all(4);
  for (std::int64_t i = 0; i < 4; ++i) {
    all[static_cast<std::size_t>(i)].number = i + 1;
    all[static_cast<std::size_t>(i)].status = "Active";
    all[static_cast<std::size_t>(i)].status_as_of = "2026-09-30";
  }
  all[0].relations = {{"derived_from_inferred", 2}, {"operates_with", 4}};
  all[1].relations = {{"operates_with", 3}};
  all[3].relations = {{"operates_with", 3}};
  auto db = base::Database::in_memory();
  cmvp::build_snapshot({"2026-09-30", "a test", 4}, cmvp::write_csv(all), "test", db);
  cmvp::Certificates certificates(db);
  const auto found = cmvp::bindings_of(1, certificates);
  REQUIRE(found.size() == 3);
  CHECK(found[0].bound == 4);
  CHECK(found[1].bound == 3);
  CHECK_FALSE(found[1].inferred);
  CHECK(found[2].bound == 2);
  CHECK(found[2].inferred);
}
