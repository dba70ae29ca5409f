#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "evidence/base/toml.h"

namespace {

// Asks every value as every kind: each answers or throws, and no line is before the first.
void ask(const base::TomlTable& table) {
  if (table.line() < 1) std::abort();
  const auto tried = [](const auto& question) {
    try {
      question();
    } catch (const base::Error&) {
      return;  // Of another kind.
    }
  };
  for (const std::string& key : table.keys()) {
    if (!table.has(key) || table.line_of(key) < 1) std::abort();
    tried([&] { table.text(key); });
    tried([&] { table.integer(key); });
    tried([&] { table.flag(key); });
    tried([&] { table.date(key); });
    tried([&] { table.texts(key); });
    tried([&] { ask(table.table(key).value()); });
    tried([&] {
      for (const base::TomlTable& one : table.tables(key)) ask(one);
    });
  }
}

}  // namespace

// Any text that a file of settings, waivers or attestations could be.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    ask(base::TomlTable::parse({reinterpret_cast<const char*>(data), size}, "fuzz.toml"));
  } catch (const base::Error&) {
    return 0;  // No TOML.
  }
  return 0;
}
