#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// What became of the document of an attestation when its digest was asked for.
enum class DocumentCheck {
  not_asked,  ///< The attestation names no file.
  same,       ///< The file has the digest that is attested.
  other,      ///< The file has another digest: it is another document.
  not_read,   ///< The file could not be read.
};
constexpr std::array<std::string_view, 4> kDocumentCheckNames = {"not_asked", "same", "other",
                                                                 "not_read"};
constexpr std::string_view name_of(DocumentCheck value) {
  return kDocumentCheckNames[static_cast<std::size_t>(value)];
}

/// Whether an attestation counts on the day judged, and if not why.
enum class AttestationStanding {
  holds,
  expired,         ///< Its last day lies before the as-of date.
  not_yet,         ///< It was made after the as-of date.
  other_document,  ///< The file it names is not the document that was attested.
  names_nothing,   ///< No pack that was applied lists what it names.
};
constexpr std::array<std::string_view, 5> kAttestationStandingNames = {
    "holds", "expired", "not_yet", "other_document", "names_nothing"};
constexpr std::string_view name_of(AttestationStanding value) {
  return kAttestationStandingNames[static_cast<std::size_t>(value)];
}

/// What a named person vouches for: that something holds which no program can see. It is shown as
/// attested, never as observed, and changes no result, no verdict and no exit code.
struct Attestation {
  std::vector<std::string> assertions;  ///< As named, e.g. "AS07.09", or "AS07" for all of AS07.
  std::string statement;                ///< What the person says.
  std::string by;                       ///< The name of the person.
  std::string role;                     ///< What the person is, e.g. "security officer".
  std::string date;                     ///< When it was said, YYYY-MM-DD.
  std::string document;                 ///< What it rests on, in words.
  std::string sha256;                   ///< of the document, lower-case hexadecimal
  std::string document_file;            ///< Where the document lies; "" if that is not said.
  std::string expires;                  ///< Last day it holds, YYYY-MM-DD; "" for no end.
  std::string file;                     ///< The file of attestations, as it was named.
  std::int64_t line = 0;                ///< The line it begins on.

  DocumentCheck check = DocumentCheck::not_asked;
  std::string check_words = {};          ///< The digest that was found, or why none was; "" else.
  std::vector<std::string> covers = {};  ///< The requirements that it names, once it is applied.
  AttestationStanding standing = AttestationStanding::holds;  ///< Once it is applied.

  bool holds() const { return standing == AttestationStanding::holds; }
  std::string place() const { return file + ":" + std::to_string(line); }
};

/// The attestations of a TOML file, each a table [[attestation]]. Throws Error(input) with file and
/// line for a key that is missing, empty or not known, an assertion named twice, a date that is
/// none, an end before the beginning, or a digest that is no SHA-256.
std::vector<Attestation> read_attestations(std::string_view text, const std::string& file);

}  // namespace rules
