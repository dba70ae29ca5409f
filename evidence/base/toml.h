#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "evidence/base/error.h"

namespace base {

struct TomlEntry;

/// A table of a TOML 1.0 file that a person wrote, with the place of everything in it, so that each
/// complaint names file and line. Every getter throws Error(input) for a value of another kind;
/// what is not there is nothing.
class TomlTable {
 public:
  /// The table that `text`, the contents of the file called `file`, is. Throws Error(input) with
  /// file and line if it is no TOML.
  static TomlTable parse(std::string_view text, const std::string& file);

  /// Throws Error(input) for the first key that is none of `known`, naming the nearest one.
  void allow_only(const std::vector<std::string_view>& known) const;

  bool has(std::string_view key) const;
  /// The keys, in the order of the file.
  std::vector<std::string> keys() const;

  std::optional<std::string> text(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key) const;
  std::optional<bool> flag(std::string_view key) const;
  /// A calendar date, written as TOML's own or as a text; YYYY-MM-DD.
  std::optional<std::string> date(std::string_view key) const;
  /// The texts of an array, or the one text that stands in its place; nothing of an absent key.
  std::vector<std::string> texts(std::string_view key) const;
  std::optional<TomlTable> table(std::string_view key) const;
  /// The tables of an array of tables, [[key]]; nothing of an absent key.
  std::vector<TomlTable> tables(std::string_view key) const;

  /// What `text` and `date` give, but not nothing and not "": throws Error(input) for that.
  std::string required_text(std::string_view key) const;
  std::string required_date(std::string_view key) const;

  const std::string& file() const { return file_; }
  /// The line that this table begins on, or the line of `key` in it; counted from 1.
  std::int64_t line() const { return line_; }
  std::int64_t line_of(std::string_view key) const;
  /// An Error(input) that begins with the file and the line of `key`, or of this table.
  Error error(const std::string& message, std::string_view key = {}) const;

 private:
  friend class TomlReader;
  const TomlEntry* find(std::string_view key) const;
  Error wrong_kind(std::string_view key, std::string_view wanted) const;
  void require(std::string_view key, bool there) const;

  std::string file_;
  std::int64_t line_ = 1;
  std::vector<TomlEntry> entries_;
};

/// A date of TOML's own kind, as YYYY-MM-DD.
struct TomlDate {
  std::string text;
};
/// A value that no file of ours has a use for: a float, a time.
struct TomlOther {};

/// A key with its value and its place.
struct TomlEntry {
  std::string key;
  std::int64_t line = 1;
  std::variant<TomlOther, std::string, std::int64_t, bool, TomlDate, std::vector<std::string>,
               TomlTable, std::vector<TomlTable>>
      value;
};

}  // namespace base
