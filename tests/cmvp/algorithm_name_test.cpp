// The texts are those of approved algorithms as records of CMVP and of Security Policies have them.
// Which certificates have post-quantum algorithms is from ../shared/data/README.md, which was
// written by hand from certificates that were read whole.
#include "cmvp/algorithm_name.h"

#include <algorithm>

#include "cmvp/built_in.h"
#include "cmvp/lookup.h"
#include "tests/catch.h"

namespace {

std::string read(const std::string& text) {
  const auto algorithm = cmvp::read_algorithm(text);
  return algorithm ? algorithm->name + " [" + algorithm->validation + "]" : "-";
}

std::string numbers_with(const std::string& algorithm, const std::string& status = {}) {
  cmvp::SearchFilter filter;
  filter.algorithm = algorithm;
  filter.status = status;
  filter.limit = 1000;
  std::vector<std::int64_t> numbers;
  for (const auto& each : cmvp::search(cmvp::built_in_snapshot(), "", filter))
    numbers.push_back(each.number);
  std::sort(numbers.begin(), numbers.end());
  std::string text;
  for (const auto number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
  return text;
}

}  // namespace

TEST_CASE("an algorithm is cut into its name and its CAVP numbers") {
  CHECK(read("AES-CBC A4809") == "AES-CBC [A4809]");
  CHECK(read("AES-CBC") == "AES-CBC []");
  CHECK(read("AES-ECB A4605, A4606, A4607,") == "AES-ECB [A4605 A4606 A4607]");
  CHECK(read("ECDSA SigGen (FIPS186-5) A6134") == "ECDSA SigGen (FIPS186-5) [A6134]");
  CHECK(read("SHA2-256") == "SHA2-256 []");
}

TEST_CASE("the hyphens of a document are hyphens, and a line end leaves no space behind one") {
  CHECK(read("AES\xE2\x80\x90"
             "CBC") == "AES-CBC []");
  CHECK(read("HMAC-SHA2- 512/256") == "HMAC-SHA2-512/256 []");
}

TEST_CASE("what a line end cut off is left off, and a piece alone is no algorithm") {
  CHECK(read("DSA KeyGen (FIPS186-") == "DSA KeyGen []");
  CHECK(read("KDA HKDF SP800-") == "KDA HKDF []");
  for (const char* piece : {"56Cr2", "Sp800-56Ar3", "SP800-56Cr2", "", "A4605", "(FIPS186-"})
    CHECK(read(piece) == "-");
}

TEST_CASE("a search by algorithm finds the certificates with post-quantum algorithms") {
  // 5525 has ML-KEM in the list too; 5261, 5340 and 5361 only verify LMS signatures;
  // so does 4943, whose list was not read whole and is not in that file.
  CHECK(numbers_with("ML-KEM") ==
        "5247 5282 5298 5314 5323 5324 5325 5349 5450 5460 5497 5503 5523 5525");
  CHECK(numbers_with("ml-dsa") == "5282 5361 5450 5497 5503 5523");
  CHECK(numbers_with("SLH-DSA") == "5497 5503 5523");
  CHECK(numbers_with("LMS SigGen") == "5450 5497");
  CHECK(numbers_with("LMS SigVer") == "4943 5261 5340 5361 5450 5497");
  CHECK(numbers_with("ML-KEM-512", "Active") == "5282 5298 5314 5450 5497 5503 5523 5525");
}

TEST_CASE("what was listed as not approved is no algorithm of the certificate") {
  for (const auto number : {5313, 5502}) {
    const auto certificate = cmvp::find_certificate(cmvp::built_in_snapshot(), number);
    REQUIRE(certificate);
    CHECK(certificate->parameter_sets.empty());
    for (const auto& each : certificate->algorithms)
      CHECK(each.name.find("ML-") == std::string::npos);
  }
}

TEST_CASE("a certificate tells its level exceptions, CAVP numbers, laboratory and entropy") {
  const auto db = cmvp::built_in_snapshot();
  const auto c = cmvp::find_certificate(db, 5530);
  REQUIRE(c);
  REQUIRE(c->level_exceptions.size() == 3);
  CHECK(c->level_exceptions[0].area == "Physical security");
  CHECK(c->level_exceptions[0].level == "N/A");
  CHECK(c->cavp_numbers == std::vector<std::string>{"A6134"});
  CHECK(c->laboratory == "Gossamer Security Solutions");
  CHECK(c->algorithms_read == "whole");
  REQUIRE_FALSE(c->algorithms.empty());
  CHECK(c->algorithms[0].name == "AES-CBC");
  CHECK(c->algorithms[0].validation == "A6134");
  CHECK(c->caveat.find("No assurance of the minimum strength") != std::string::npos);
  CHECK(cmvp::find_certificate(db, 5072)->entropy == std::vector<std::string>{"ENT (P)"});
}
