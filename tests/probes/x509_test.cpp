// The certificate was made by OpenSSL 3.0 (openssl req -x509), and what it holds is as
// openssl x509 -text -nameopt RFC2253 prints it. Object identifiers: RFC 5480, RFC 8410.
#include "evidence/probes/x509.h"

#include "evidence/base/der.h"
#include "evidence/base/text.h"
#include "tests/catch.h"

namespace {

using evidence::probes::read_certificate;

const std::string kCertificate = *base::from_hex(
    "308201b83082015da00302010202021234300a06082a8648ce3d040302303a310b3009060355040613024348"
    "31163014060355040a0c0d4578616d706c652c20496e632e3113301106035504030c0a617373617920746573"
    "74301e170d3236313132343136323235355a170d3336313132313136323235355a303a310b30090603550406"
    "1302434831163014060355040a0c0d4578616d706c652c20496e632e3113301106035504030c0a6173736179"
    "20746573743059301306072a8648ce3d020106082a8648ce3d03010703420004c0eac57838945583333ff22e"
    "55378de433691fd9763524dab68497373a64936e4ee9fa780647c07c4e6a8f90b0e466b6ba25e3e495600f21"
    "e63055fb520bb81da3533051301d0603551d0e04160414666076459cd69062d53fb65c2be2184543a0f6a630"
    "1f0603551d23041830168014666076459cd69062d53fb65c2be2184543a0f6a6300f0603551d130101ff0405"
    "30030101ff300a06082a8648ce3d0403020349003046022100ab5ebfb5905f02756721ae009072075f26b1a5"
    "248f2c169c0b9818424ad85435022100d72e5ebc619315890e6b10be2e40a444ef67fe034c543edb130fcb5e"
    "0126449f");

std::string bytes(const std::string& hex) { return *base::from_hex(hex); }

}  // namespace

TEST_CASE("a certificate tells its names, its dates and its key") {
  const auto facts = read_certificate(kCertificate);
  REQUIRE(facts);
  CHECK(facts->subject == "CN=assay test,O=Example\\, Inc.,C=CH");
  CHECK(facts->issuer == facts->subject);
  CHECK(facts->serial == "1234");
  CHECK(facts->not_before == "2026-11-24T16:22:55Z");
  CHECK(facts->not_after == "2036-11-21T16:22:55Z");
  CHECK(facts->key.algorithm == "EC");
  CHECK(facts->key.curve == "P-256");
  CHECK(facts->key.bits == 256);
  CHECK(base::hex(facts->key.value).starts_with("04c0eac578389455"));
}

TEST_CASE("a certificate that is cut anywhere, or is none, gives nothing") {
  for (std::size_t size = 0; size < kCertificate.size(); ++size)
    CHECK_FALSE(read_certificate(std::string_view(kCertificate).substr(0, size)));
  CHECK_FALSE(read_certificate("no certificate"));
}

TEST_CASE("a curve is known by its identifier, by the text of PKCS #11 3.0, or not at all") {
  using evidence::probes::curve_of;
  CHECK(curve_of(bytes("06052b81040022"))->name == "P-384");
  CHECK(curve_of(bytes("06032b6570"))->name == "Ed25519");
  CHECK(curve_of(bytes("130c656477617264733235353139"))->name == "Ed25519");
  CHECK(curve_of(bytes("06032a0304"))->name == "1.2.3.4");
  CHECK_FALSE(curve_of(bytes("06032a0304"))->bits);
  CHECK(curve_of(bytes("3003020101"))->name == "explicit parameters");
  CHECK_FALSE(curve_of(bytes("0609ff")));
  CHECK_FALSE(curve_of(""));
}

TEST_CASE("a point is taken out of its OCTET STRING, and a bare one stays") {
  using evidence::probes::bare_point;
  const std::string point = "04" + std::string(128, 'a');
  CHECK(base::hex(bare_point(bytes("0441" + point))) == point);
  CHECK(base::hex(bare_point(bytes(point))) == point);
  const std::string bare = "043f" + std::string(126, 'b');
  CHECK(base::hex(bare_point(bytes(bare))) == bare);
}

TEST_CASE("the bits of a number are counted from its first one") {
  CHECK(evidence::probes::bits_of(bytes("0080ff")) == 16);
  CHECK(evidence::probes::bits_of(bytes("01")) == 1);
  CHECK(evidence::probes::bits_of("") == 0);
}

TEST_CASE("an element of DER whose length is not true is no element") {
  for (const char* hex :
       {"30", "3002", "300201", "3080", "3085010000000000", "30840fffffff", "1f0101"})
    CHECK_FALSE(base::DerReader(bytes(hex)).next());
}

TEST_CASE("an object identifier with an arc that has no end is none") {
  CHECK(base::dotted_oid(bytes("2a864886f70d010101")) == "1.2.840.113549.1.1.1");
  CHECK(base::dotted_oid(bytes("8837")) == "2.999");
  CHECK_FALSE(base::dotted_oid(bytes("2a86")));
  CHECK_FALSE(base::dotted_oid(""));
  CHECK_FALSE(base::dotted_oid(std::string(32, '\xff')));
}
