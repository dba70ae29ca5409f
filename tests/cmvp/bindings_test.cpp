// Relations are those of NIST's certificates: caveats of #4822, #5404, #5405, #5408, #1330 and
// #2422, and the names of #5158 and #4985.
#include "cmvp/bindings.h"

#include "cmvp/built_in.h"
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
