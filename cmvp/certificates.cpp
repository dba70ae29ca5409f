#include "cmvp/certificates.h"

#include <algorithm>

#include "cmvp/name.h"
#include "evidence/base/text.h"

namespace cmvp {

Certificates::Certificates(const base::Database& snapshot) : reader_(snapshot) {}

const Certificate* Certificates::find(std::int64_t number) {
  if (const auto known = certificates_.find(number); known != certificates_.end())
    return &known->second;
  auto certificate = reader_.read(number);
  if (!certificate) return nullptr;
  Certificate& added = certificates_.emplace(number, std::move(*certificate)).first->second;
  add_base_by_name(added);
  return &added;
}

const std::vector<std::int64_t>& Certificates::named(std::string_view name) {
  const auto known = named_.find(name);
  if (known != named_.end()) return known->second;
  return named_.emplace(std::string(name), reader_.named(name)).first->second;
}

// Certificates of a re-brand end with those of their base, which tells which one of that name it
// is.
void Certificates::add_base_by_name(Certificate& certificate) {
  const std::string base = base_in_name(certificate.name);
  const bool told =
      std::any_of(certificate.relations.begin(), certificate.relations.end(),
                  [](const Relation& relation) { return relation.type == "derived_from"; });
  if (base.empty() || told || certificate.sunset_date.empty()) return;
  std::vector<std::int64_t> bases;
  for (const std::int64_t number : named(base)) {
    const auto other = reader_.read(number);
    if (other && number != certificate.number && other->standard == certificate.standard &&
        other->sunset_date == certificate.sunset_date)
      bases.push_back(number);
  }
  if (bases.size() == 1) certificate.relations.push_back({"derived_from_inferred", bases.front()});
}

std::string base_in_name(std::string_view name) {
  constexpr std::string_view kBasedOn = "based on ", kThe = "the ";
  const std::string plain = plain_name(name).plain;
  const auto at = plain.find(kBasedOn);
  if (at == std::string::npos) return {};
  std::string_view base = base::trim(std::string_view(plain).substr(at + kBasedOn.size()));
  if (base.starts_with(kThe)) base.remove_prefix(kThe.size());
  if (base.ends_with(')')) base.remove_suffix(1);
  return std::string(base::trim(base));
}

}  // namespace cmvp
