#include "cmvp/entropy_certificates.h"

#include <algorithm>
#include <cctype>

#include "evidence/base/text.h"

namespace cmvp {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (const auto part : base::split(text, ' '))
    if (!part.empty()) words.emplace_back(part);
  return words;
}

}  // namespace

std::vector<std::int64_t> entropy_numbers(std::string_view words) {
  std::vector<std::int64_t> numbers;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool begins = at == 0 || !is_letter_or_digit(words[at - 1]);
    if (words[at] != 'E' || !begins) continue;
    std::size_t end = at + 1;
    while (end < words.size() && is_digit(words[end])) ++end;
    if (end < words.size() && (is_letter_or_digit(words[end]) || words[end] == '-')) continue;
    const auto number = base::parse_integer(words.substr(at + 1, end - at - 1));
    if (!number || *number < 1) continue;
    if (std::find(numbers.begin(), numbers.end(), *number) == numbers.end())
      numbers.push_back(*number);
  }
  return numbers;
}

std::optional<EntropyCertificate> find_entropy_certificate(const base::Database& snapshot,
                                                           std::int64_t number) {
  auto row = snapshot.prepare(
      "SELECT number, vendor, name, standard, description, noise_source, reuse_status,"
      " validation_dates FROM entropy_certificate WHERE number = ?");
  if (!row.bind(1, number).step()) return std::nullopt;
  return EntropyCertificate{row.integer(0), row.text(1), row.text(2), row.text(3),
                            row.text(4),    row.text(5), row.text(6), words_of(row.text(7))};
}

std::vector<AlgorithmValidation> find_algorithm_validations(const base::Database& snapshot,
                                                            const std::string& number) {
  auto row = snapshot.prepare(
      "SELECT number, validation_id, product_id, vendor, product, version, type, date,"
      " environments, algorithms FROM algorithm_validation WHERE number = ? ORDER BY rowid");
  row.bind(1, number);
  std::vector<AlgorithmValidation> found;
  while (row.step())
    found.push_back({row.text(0), row.integer(1), row.integer(2), row.text(3), row.text(4),
                     row.text(5), row.text(6), row.text(7), row.text(8), row.text(9)});
  return found;
}

}  // namespace cmvp
