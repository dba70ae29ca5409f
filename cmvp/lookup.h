#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmvp/certificate.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// What is said about a snapshot as a whole.
struct SnapshotInfo {
  std::string taken_at, source, digest;
  std::int64_t certificates = 0;
};

/// The row of table `snapshot`. Throws Error(input) if there is none.
SnapshotInfo snapshot_info(const base::Database& snapshot);

/// All that `snapshot` knows of certificate `number`, or nothing if it has no such certificate.
std::optional<Certificate> find_certificate(const base::Database& snapshot, std::int64_t number);

/// Reads one certificate after the other through statements that are prepared once. The snapshot
/// must outlive it.
class CertificateReader {
 public:
  explicit CertificateReader(const base::Database& snapshot);

  /// All that the snapshot knows of certificate `number`, or nothing if it has no such certificate.
  std::optional<Certificate> read(std::int64_t number);

  /// As `certificates_named`.
  std::vector<std::int64_t> named(std::string_view name);

 private:
  base::Statement certificate_, recorded_, versions_, relations_, environments_, algorithms_,
      exceptions_, named_;
};

/// How many certificates have algorithms known, and how many of those lists were read whole.
struct AlgorithmKnowledge {
  std::int64_t certificates = 0, whole = 0;
};
AlgorithmKnowledge algorithm_knowledge(const base::Database& snapshot);

/// What a search keeps; an empty text keeps everything.
struct SearchFilter {
  std::string status;    ///< Active, Historical or Revoked, in any case
  std::string standard;  ///< e.g. "FIPS 140-3", or its end: "140-3"
  std::string vendor;    ///< a part of the vendor
  std::string module_type;
  std::string algorithm;  ///< a part of the name of an approved algorithm or parameter set
  std::optional<std::int64_t> overall_level;
  std::string sunset_before;  ///< YYYY-MM-DD; certificates without a known sunset are left out
  std::size_t limit = 50;
};

/// Certificates in which every word of `words` stands: in name, vendor, a version, or as the
/// number. First those whose name is `words`, then names that begin with or contain them, Active
/// before others, newer before older. No words give all certificates that the filter keeps.
std::vector<Certificate> search(const base::Database& snapshot, std::string_view words,
                                const SearchFilter& filter);

/// A word of a search that stands nowhere, and the word that was looked for instead.
struct Correction {
  std::string word, instead;
};

/// What a search found; with corrections it holds near names, not what was asked for.
struct SearchResult {
  std::vector<Certificate> certificates;
  std::vector<Correction> corrections;
};

/// As `search`; if that finds nothing, once more with every word that stands nowhere replaced by
/// the nearest word of a name or vendor, as far as it could be a slip of the hand.
SearchResult fuzzy_search(const base::Database& snapshot, std::string_view words,
                          const SearchFilter& filter);

/// The certificates that relate to `number`, with the type of their relation, in order.
std::vector<std::pair<std::int64_t, std::string>> relations_to(const base::Database& snapshot,
                                                               std::int64_t number);

/// The numbers of the certificates whose name is `name` (cmvp/name.h), in order.
std::vector<std::int64_t> certificates_named(const base::Database& snapshot, std::string_view name);

}  // namespace cmvp
