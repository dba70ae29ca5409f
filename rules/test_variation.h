#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// Constants that a rule compares with: worth putting into the evidence of its tests.
struct Constants {
  std::vector<std::string> texts;    ///< As SQL writes them, with quotes.
  std::vector<std::string> numbers;  ///< In decimal.
};

/// The evidence of a rule test without one of its values.
struct WithoutValue {
  std::string table, column;  ///< Which value is left out.
  std::string sql;            ///< The INSERTs with NULL in its place.
};

/// The INSERTs `test`, each time without another one of its values; source and basis stay. A value
/// of a row of several is left out of that row alone.
std::vector<WithoutValue> without_values(std::string_view test);

/// The constants in the queries `sql`, each once.
Constants constants_in(const std::vector<std::string>& sql);

/// Texts that differ from `test`, the INSERTs of a rule test, in one value, one row more or one row
/// or table less, simplest first. Values are taken from `constants`, from the rows of the same
/// column in `others`, and NULL. The columns source and basis stay as they are. At most `limit`.
std::vector<std::string> variations(std::string_view test, const std::vector<std::string>& others,
                                    const Constants& constants, std::size_t limit);

}  // namespace rules
