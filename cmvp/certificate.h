#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmvp {

/// A version string as a record holds it, before it is cut into single versions.
struct RecordedVersion {
  std::string kind;  ///< software, firmware, hardware, module, or unlabelled
  std::string text;
  std::string origin;  ///< "certificate page" or "security policy"
};

/// One version of a module: a token of a recorded version, or of the module name.
struct Version {
  std::string text;
  std::string kind;
  std::string origin;  ///< "certificate page", "security policy" or "module name"
  /// The part of the module whose version it is, "Bootloader"; only set in a combination, and "" if
  /// the record does not name it.
  std::string component = {};
};

/// Versions that a certificate has validated together.
struct VersionCombination {
  std::string mark;  ///< The footnote mark that they share, "1" or "a"; "" if they stand together.
  std::vector<Version> versions;  ///< As recorded; of several of one component, any one.
};

/// An edge of the graph of certificates.
struct Relation {
  /// operates_with, embeds, derived_from, mentions; with "_inferred" at its end where it was
  /// concluded and not read from the certificate: superseded_by_inferred, derived_from_inferred.
  std::string type;
  std::int64_t other = 0;
};

/// One operational environment as it is listed.
struct ListedEnvironment {
  std::string text;
  std::string origin;  ///< "certificate page" or "security policy"
};

/// An algorithm that a certificate page names as approved.
struct Algorithm {
  std::string name;        ///< "AES-CBC"
  std::string validation;  ///< CAVP numbers, "A4809", or "vendor affirmed"
};

/// A requirement area whose level is not the overall level.
struct LevelException {
  std::string area;   ///< "Physical security", as the record writes it
  std::string level;  ///< "Level 3", "N/A"
};

/// What a snapshot knows of one CMVP certificate. An empty text, list or optional is "not known".
struct Certificate {
  std::int64_t number = 0;
  std::string vendor, name;
  std::string standard;                              ///< FIPS 140-1, FIPS 140-2 or FIPS 140-3
  std::string status, status_as_of;                  ///< The list's word, and the day of the list.
  std::string earlier_status, earlier_status_as_of;  ///< The same from an older list.
  std::string became_historical_by;  ///< First list that shows it as Historical after Active.
  std::vector<std::string> validation_dates;  ///< YYYY-MM-DD, first validation and updates.
  std::string sunset_date, sunset_as_of;      ///< The last known sunset, and the day it was read.
  std::optional<std::int64_t> overall_level;  ///< 1 to 4
  std::string module_type, embodiment;
  std::vector<RecordedVersion> recorded_versions;
  std::vector<Version> versions;  ///< Single versions, parsed; only set by `find_certificate`.
  std::vector<VersionCombination> combinations;  ///< Likewise.
  std::vector<Relation> relations;
  std::vector<std::string> caveat_flags;
  std::vector<ListedEnvironment> environments;
  std::string caveat;                 ///< Its words, where a page was read.
  std::string laboratory;             ///< Of the newest validation, where it is known.
  std::vector<Algorithm> algorithms;  ///< None says nothing: the newest pages name no algorithms.
  std::string algorithms_read;        ///< "whole", "partly" (a missing one says nothing), "".
  std::vector<LevelException> level_exceptions;
  std::vector<std::string> cavp_numbers;    ///< "A4809", of all its algorithms.
  std::vector<std::string> parameter_sets;  ///< Of approved post-quantum ones: "ML-KEM-768".
  std::vector<std::string> entropy;         ///< "ENT (P)", or the number of an ESV certificate.
  std::vector<std::string> file_digests;    ///< SHA-256 of its files; CMVP's pages tell none.
};

}  // namespace cmvp
