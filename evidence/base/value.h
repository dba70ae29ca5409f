#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace base {

/// Bytes that are no text: what a captured output or a file holds.
struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

/// One cell of a table: NULL, INTEGER, TEXT or BLOB, as SQLite has them.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string, Blob>;

}  // namespace base
