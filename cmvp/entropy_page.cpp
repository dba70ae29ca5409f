#include "cmvp/entropy_page.h"

#include <algorithm>

#include "cmvp/field.h"
#include "cmvp/label.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr const char* kNoiseSource = "noise source";
constexpr std::string_view kDigits = "0123456789";

std::optional<std::int64_t> number_at(std::string_view text, std::size_t begin) {
  const auto end = std::min(text.find_first_not_of(kDigits, begin), text.size());
  return base::parse_integer(text.substr(begin, end - begin));
}

// The number behind "#E", "#" or "E" in a heading: "Entropy Certificate #E47".
std::optional<std::int64_t> number_in(std::string_view text) {
  for (const std::string_view mark : {"#E", "#", " E"})
    for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1))
      if (const auto number = number_at(text, at + mark.size())) return number;
  return std::nullopt;
}

std::optional<std::int64_t> heading_number(const Page& page) {
  for (const char* tag : {"h1", "h2", "h3", "h4", "title"})
    for (const Element& heading : page.root().all(tag))
      if (const auto number = number_in(clean_field(heading.text()))) return number;
  return std::nullopt;
}

std::optional<std::int64_t> file_number(const std::string& name) {
  const auto begin = name.find_first_of(kDigits);
  return begin == std::string::npos ? std::nullopt : number_at(name, begin);
}

// The first of the labels that the page has.
std::string first_of(const Labels& labels, std::initializer_list<const char*> names,
                     std::vector<LineNote>& left_out) {
  for (const char* name : names)
    if (std::string text = labelled_text(labels, name, left_out); !text.empty()) return text;
  return {};
}

void read_dates(const Labels& labels, EntropyPage& result) {
  for (const char* name : {"validation date", "validation dates"}) {
    const auto found = labels.find(name);
    if (found == labels.end()) continue;
    const std::string text = found->second.text();
    for (const auto line : base::lines(text)) {
      if (base::trim(line).empty()) continue;
      if (auto day = us_date(line)) {
        result.certificate.validation_dates.push_back(std::move(*day));
      } else {
        result.left_out.push_back(
            {0, "validation date is no date: " + clean_field(line.substr(0, 40))});
      }
    }
  }
}

}  // namespace

bool is_entropy_page(const Page& page) { return labels_of(page).contains(kNoiseSource); }

EntropyPage read_entropy_page(const Page& page, const std::string& file_name) {
  EntropyPage result;
  const Labels labels = labels_of(page);
  EntropyCertificate& c = result.certificate;
  const auto heading = heading_number(page);
  const auto number = heading ? heading : file_number(file_name);
  if (!number || *number < 1 || *number > kHighestNumber)
    page.unexpected("neither a heading nor the file name says which entropy certificate it is of");
  c.number = *number;
  c.noise_source = labelled_text(labels, kNoiseSource, result.left_out);
  if (c.noise_source.empty()) page.unexpected("there is no \"noise source\"");
  c.name = first_of(labels, {"implementation name", "entropy source", "name"}, result.left_out);
  c.vendor = first_of(labels, {"vendor", "vendor name"}, result.left_out);
  if (is_hidden_mail(c.vendor)) c.vendor.clear();
  c.standard = labelled_text(labels, "standard", result.left_out);
  c.description = labelled_text(labels, "description", result.left_out);
  c.reuse_status = labelled_text(labels, "reuse status", result.left_out);
  read_dates(labels, result);
  return result;
}

}  // namespace cmvp
