#include "cmvp/certificate_row.h"

#include "evidence/base/text.h"

namespace cmvp {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (const auto part : base::split(text, ' '))
    if (const auto word = base::trim(part); !word.empty()) words.emplace_back(word);
  return words;
}

std::vector<std::string> items_of(const std::string& text) {
  std::vector<std::string> items;
  for (const auto part : base::split(text, ';'))
    if (const auto item = base::trim(part); !item.empty()) items.emplace_back(item);
  return items;
}

}  // namespace

Certificate certificate_of(const base::Statement& row) {
  Certificate c;
  c.number = row.integer(0);
  c.vendor = row.text(1);
  c.name = row.text(2);
  c.standard = row.text(3);
  c.status = row.text(4);
  c.status_as_of = row.text(5);
  c.earlier_status = row.text(6);
  c.earlier_status_as_of = row.text(7);
  c.became_historical_by = row.text(8);
  c.validation_dates = words_of(row.text(9));
  c.sunset_date = row.text(10);
  c.sunset_as_of = row.text(11);
  if (!row.is_null(12)) c.overall_level = row.integer(12);
  c.module_type = row.text(13);
  c.embodiment = row.text(14);
  c.caveat_flags = words_of(row.text(15));
  c.caveat = row.text(16);
  c.laboratory = row.text(17);
  c.algorithms_read = row.text(18);
  c.cavp_numbers = words_of(row.text(19));
  c.parameter_sets = items_of(row.text(20));
  c.entropy = items_of(row.text(21));
  c.file_digests = words_of(row.text(22));
  return c;
}

}  // namespace cmvp
