#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/base/sqlite.h"
#include "evidence/base/value.h"

namespace cmvp {

/// A kind of records that a snapshot holds besides the certificates of modules.
struct RecordKind {
  std::string_view name;  ///< As the command is called: products, profiles, entropy, …
  std::string_view noun;  ///< "Common Criteria products"
  std::string_view sql;   ///< Gives the columns that are told; `id` is first and is not told.
};

/// All kinds, in the order of their commands.
std::span<const RecordKind> record_kinds();

/// The kind called `name`. Throws Error(usage) if there is none.
const RecordKind& record_kind(std::string_view name);

/// One record: the columns that are known, the first of which is what it is called.
struct FoundRecord {
  std::int64_t id = 0;
  std::vector<std::pair<std::string, base::Value>> columns;
};

/// The first `limit` records of `kind` in which every word of `words` stands, in any case and in
/// any column, in the order of the snapshot. No words give all of them. Words that are the number
/// of a record, "A4809" or "E47", give the records of that number alone.
std::vector<FoundRecord> find_records(const base::Database& snapshot, const RecordKind& kind,
                                      std::string_view words, std::size_t limit);

/// How many records of `kind` the snapshot holds.
std::int64_t count_records(const base::Database& snapshot, const RecordKind& kind);

/// The certificates that name the CAVP validation `validation`, "A4809" in any case, in order.
std::vector<std::int64_t> certificates_naming(const base::Database& snapshot,
                                              std::string_view validation);

}  // namespace cmvp
