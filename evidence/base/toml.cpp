#include "evidence/base/toml.h"

#include <algorithm>
#include <stdexcept>

// Some texts that are no TOML fail an assertion of the library (3.3.0: "[[["): what a person wrote
// must end in an error, not in an abort.
#define TOML_ASSERT(condition) \
  ((condition) ? void() : throw std::logic_error("what stands there makes no sense"))
#include <toml++/toml.h>

#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace base {

/// Takes what the library read apart into our own tree: its header costs seconds in every file that
/// includes it.
class TomlReader {
 public:
  explicit TomlReader(std::string file) : file_(std::move(file)) {}

  TomlTable table_of(const toml::table& from, std::int64_t line) const {
    TomlTable table;
    table.file_ = file_;
    table.line_ = line;
    for (const auto& [key, node] : from) table.entries_.push_back(entry_of(key, node));
    std::stable_sort(table.entries_.begin(), table.entries_.end(),
                     [](const TomlEntry& a, const TomlEntry& b) { return a.line < b.line; });
    return table;
  }

 private:
  static std::int64_t line_of(const toml::source_region& source) {
    return std::max<std::int64_t>(source.begin.line, 1);
  }

  TomlEntry entry_of(const toml::key& key, const toml::node& node) const {
    TomlEntry entry{std::string(key.str()), line_of(key.source()), TomlOther{}};
    if (const auto* text = node.as_string()) entry.value = text->get();
    if (const auto* number = node.as_integer()) entry.value = number->get();
    if (const auto* flag = node.as_boolean()) entry.value = flag->get();
    if (const auto* day = node.as_date()) entry.value = date_of(day->get());
    if (const auto* table = node.as_table()) entry.value = table_of(*table, line_of(node.source()));
    if (const auto* array = node.as_array()) add_array(entry, *array);
    return entry;
  }

  static TomlDate date_of(const toml::date& day) {
    const auto padded = [](unsigned number, std::size_t width) {
      const std::string digits = std::to_string(number);
      return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    return {padded(day.year, 4) + "-" + padded(day.month, 2) + "-" + padded(day.day, 2)};
  }

  // An array is one of texts or one of tables; a mixed one stays TomlOther.
  void add_array(TomlEntry& entry, const toml::array& array) const {
    std::vector<std::string> texts;
    std::vector<TomlTable> tables;
    for (const toml::node& node : array) {
      if (const auto* text = node.as_string()) texts.push_back(text->get());
      if (const auto* table = node.as_table())
        tables.push_back(table_of(*table, line_of(node.source())));
    }
    if (texts.size() == array.size()) entry.value = std::move(texts);
    if (!tables.empty() && tables.size() == array.size()) entry.value = std::move(tables);
  }

  std::string file_;
};

namespace {

constexpr int kDots = 50;  // What a person writes has a handful of them in one key.

// The library makes a table of each part of a dotted key and takes tables down one in the other, so
// enough of them would use up the stack.
void refuse_deep_keys(std::string_view text, const std::string& file) {
  int line = 1, dots = 0;
  char quote = 0;
  for (const char c : text) {
    if (c == '\n') {
      ++line, dots = 0, quote = 0;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '.' && ++dots > kDots) {
      throw Error(ErrorKind::input, file + ":" + std::to_string(line) +
                                        ": more than 50 dots in one line outside of quotes; put "
                                        "texts into quotes, or break the line");
    }
  }
}

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '/' || c == ':';
}

// Where in `text` the value stands that begins before or at `column` of `line`, both counted from
// 1; nothing if the text is shorter.
std::size_t place_in(std::string_view text, std::size_t line, std::size_t column) {
  std::size_t at = 0;
  for (; line > 1 && at < text.size(); --line) at = std::min(text.find('\n', at), text.size()) + 1;
  return std::min(at + column - 1, text.size());
}

// The word at `place` that stands where a value has to and is not in quotes; "" if none does.
std::string_view unquoted(std::string_view text, std::size_t place) {
  std::size_t begin = place, end = place;
  while (begin > 0 && is_bare(text[begin - 1])) --begin;
  while (end < text.size() && is_bare(text[end])) ++end;
  const std::string_view word = text.substr(begin, end - begin);
  const std::string_view before = trim(text.substr(0, begin));
  const std::string_view line = before.substr(std::min(before.rfind('\n') + 1, before.size()));
  const bool in_value = before.ends_with('=') || before.ends_with(',') ||
                        (before.ends_with('[') && line.find('=') != line.npos);
  const bool a_text = !word.empty() && (word[0] < '0' || word[0] > '9');
  return in_value && a_text ? word : std::string_view();
}

std::string words_of(const toml::parse_error& error, std::string_view text) {
  const std::string said = printable(error.description());
  const auto& begin = error.source().begin;
  const std::string_view word = unquoted(text, place_in(text, begin.line, begin.column));
  if (word.empty()) return said;
  const std::string plain = printable(word);
  return "\"" + plain + "\" is a text, and not in quotes; write \"" + plain + "\" with them (" +
         said + ")";
}

}  // namespace

TomlTable TomlTable::parse(std::string_view text, const std::string& file) {
  refuse_deep_keys(text, file);
  try {
    return TomlReader(file).table_of(toml::parse(text, file), 1);
  } catch (const toml::parse_error& error) {
    throw Error(ErrorKind::input,
                file + ":" + std::to_string(std::max<std::int64_t>(error.source().begin.line, 1)) +
                    ": no TOML: " + words_of(error, text));
  } catch (const std::logic_error& error) {
    throw Error(ErrorKind::input, file + ": no TOML: " + error.what());
  }
}

const TomlEntry* TomlTable::find(std::string_view key) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const TomlEntry& entry) { return entry.key == key; });
  return found == entries_.end() ? nullptr : &*found;
}

bool TomlTable::has(std::string_view key) const { return find(key) != nullptr; }

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> keys;
  for (const TomlEntry& entry : entries_) keys.push_back(entry.key);
  return keys;
}

std::int64_t TomlTable::line_of(std::string_view key) const {
  const TomlEntry* entry = find(key);
  return entry == nullptr ? line_ : entry->line;
}

Error TomlTable::error(const std::string& message, std::string_view key) const {
  return {ErrorKind::input, file_ + ":" + std::to_string(line_of(key)) + ": " + message};
}

Error TomlTable::wrong_kind(std::string_view key, std::string_view wanted) const {
  return error("\"" + printable(key) + "\" has to be " + std::string(wanted), key);
}

void TomlTable::allow_only(const std::vector<std::string_view>& known) const {
  for (const TomlEntry& entry : entries_) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    const auto near = nearest(entry.key, known);
    throw error("no key \"" + printable(entry.key) + "\" is known here; " +
                    (near ? "did you mean " + std::string(*near) + "?"
                          : "there are " + join({known.begin(), known.end()}, ", ")),
                entry.key);
  }
}

std::optional<std::string> TomlTable::text(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(&entry->value)) return *text;
  throw wrong_kind(key, "a text in quotes");
}

std::optional<std::int64_t> TomlTable::integer(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  if (const auto* number = std::get_if<std::int64_t>(&entry->value)) return *number;
  throw wrong_kind(key, "a whole number");
}

std::optional<bool> TomlTable::flag(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  if (const auto* flag = std::get_if<bool>(&entry->value)) return *flag;
  throw wrong_kind(key, "true or false");
}

std::optional<std::string> TomlTable::date(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  if (const auto* day = std::get_if<TomlDate>(&entry->value)) return day->text;
  if (const auto* text = std::get_if<std::string>(&entry->value); text && parse_date(*text))
    return *text;
  throw wrong_kind(key, "a date, YYYY-MM-DD");
}

std::vector<std::string> TomlTable::texts(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return {};
  if (const auto* texts = std::get_if<std::vector<std::string>>(&entry->value)) return *texts;
  if (const auto* text = std::get_if<std::string>(&entry->value)) return {*text};
  throw wrong_kind(key, "a text in quotes, or an array of texts");
}

std::optional<TomlTable> TomlTable::table(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  if (const auto* table = std::get_if<TomlTable>(&entry->value)) return *table;
  throw wrong_kind(key, "a table, [" + std::string(key) + "]");
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return {};
  if (const auto* tables = std::get_if<std::vector<TomlTable>>(&entry->value)) return *tables;
  const auto* texts = std::get_if<std::vector<std::string>>(&entry->value);
  if (texts != nullptr && texts->empty()) return {};  // An empty array is one of anything.
  throw wrong_kind(key, "tables, each begun by [[" + std::string(key) + "]]");
}

void TomlTable::require(std::string_view key, bool there) const {
  if (!there) throw error("\"" + std::string(key) + "\" is missing or empty");
}

std::string TomlTable::required_text(std::string_view key) const {
  const auto value = text(key);
  require(key, value && !trim(*value).empty());
  return *value;
}

std::string TomlTable::required_date(std::string_view key) const {
  const auto value = date(key);
  require(key, value.has_value());
  return *value;
}

}  // namespace base
