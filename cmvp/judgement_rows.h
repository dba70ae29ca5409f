#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/base/sqlite.h"

namespace cmvp {

/// A text for a column: NULL if it is empty, which is "not known".
base::Value known(const std::string& text);

/// A flag for a column: 1, 0, or NULL for "not known".
base::Value flag(const std::optional<bool>& value);

/// A statement that adds rows to one table, prepared once. The database must outlive it.
class Rows {
 public:
  Rows(const base::Database& db, const std::string& table, std::size_t columns);

  void add(const std::vector<base::Value>& values);

 private:
  base::Statement statement_;
};

}  // namespace cmvp
