#include "evidence/drivers/test_keys.h"

#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace evidence::drivers {
namespace {

std::map<std::string, std::string> parts_of(const std::string& text, const std::string& where) {
  std::map<std::string, std::string> result;
  for (const auto part : base::split(text, ';')) {
    const auto equals = part.find('=');
    const auto bytes =
        equals == std::string_view::npos ? std::nullopt : base::from_hex(part.substr(equals + 1));
    if (!bytes)
      throw base::Error(base::ErrorKind::input,
                        where + ": \"" + std::string(part.substr(0, equals)) +
                            "\" is not a name with hexadecimal digits after \"=\"");
    result.emplace(part.substr(0, equals), *bytes);
  }
  return result;
}

}  // namespace

TestKeys read_test_keys(std::string_view csv) {
  const base::Csv table = base::parse_csv(csv, "test_keys.csv");
  const std::size_t name = table.column("name"), algorithm = table.column("algorithm"),
                    group = table.column("group"), parts = table.column("parts");
  TestKeys keys;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    const std::string where = "test_keys.csv:" + std::to_string(i + 2);
    if (!keys.emplace(row[name],
                      TestKey{row[name], row[algorithm], row[group], parts_of(row[parts], where)})
             .second)
      throw base::Error(base::ErrorKind::input, where + ": \"" + row[name] + "\" is there twice");
  }
  return keys;
}

}  // namespace evidence::drivers
