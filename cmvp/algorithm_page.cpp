#include "cmvp/algorithm_page.h"

#include <algorithm>
#include <map>
#include <set>

#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr std::string_view kNumber = "validation-number-";

[[noreturn]] void reject(const std::string& why) { throw base::Error(base::ErrorKind::input, why); }

// The number behind `name`= in an address; 0 if there is none.
std::int64_t query_number(const std::string& address, const std::string& name) {
  const auto at = address.find(name + "=");
  if (at == std::string::npos) return 0;
  const auto begin = at + name.size() + 1;
  const auto end = address.find_first_not_of("0123456789", begin);
  return base::parse_integer(
             std::string_view(address).substr(begin, end == std::string::npos ? end : end - begin))
      .value_or(0);
}

std::string text(const Element& element) {
  std::string value = clean_field(element.text());
  if (value.size() > kFieldLimit)
    reject("a field has " + std::to_string(value.size()) + " bytes, more than " +
           std::to_string(kFieldLimit));
  return value;
}

// The elements of a page by their id, the first of each.
std::map<std::string, Element> by_id(const Page& page) {
  std::map<std::string, Element> found;
  for (const Element& each :
       page.root().all([](const Element& element) { return !element.attribute("id").empty(); }))
    found.emplace(each.attribute("id"), each);
  return found;
}

// A list row belongs to the product whose index its ids begin with: validation-number-P-N.
AlgorithmValidation list_entry(const std::string& id, const Element& link,
                               const std::map<std::string, Element>& ids) {
  const std::string place = id.substr(kNumber.size());
  const std::string product = place.substr(0, place.find('-'));
  const auto at = [&](const std::string& name) {
    const auto found = ids.find(name);
    return found == ids.end() ? std::optional<Element>() : std::optional(found->second);
  };
  AlgorithmValidation v;
  v.number = text(link);
  v.validation_id = query_number(link.attribute("href"), "validation");
  if (v.number.empty() || v.validation_id == 0) reject("no number or address of the validation");
  if (const auto vendor = at("vendor-name-" + product)) v.vendor = text(*vendor);
  if (const auto name = at("product-name-" + product)) {
    v.product = text(*name);
    v.product_id = query_number(name->attribute("href"), "product");
  }
  if (const auto date = at("validation-date-" + place)) v.date = us_date(text(*date)).value_or("");
  return v;
}

AlgorithmPage read_list(const Page& page) {
  AlgorithmPage result;
  std::size_t index = 0;
  const auto ids = by_id(page);
  for (const Element& link : page.root().all("a")) {
    const std::string id = link.attribute("id");
    if (!id.starts_with(kNumber)) continue;
    ++index;
    try {
      result.validations.push_back(list_entry(id, link, ids));
    } catch (const base::Error& error) {
      result.rejected.push_back({index, error.what()});
    }
  }
  if (result.validations.empty()) page.unexpected("no row of the list could be read");
  return result;
}

std::string date_of(const Element& form) {
  for (const Element& each : form.all("small")) {
    const std::string words = clean_field(each.text());
    if (const auto at = words.find("First Validated: "); at != std::string::npos)
      return us_date(std::string_view(words).substr(at + 17)).value_or("");
  }
  return {};
}

void read_capabilities(const Element& form, AlgorithmValidation& v) {
  std::vector<std::string> environments;
  std::set<std::string> algorithms;
  for (const Element& row : form.all("tr")) {
    const auto cells = row.all("td");
    if (cells.size() != 2) continue;
    if (std::string environment = text(cells[0]); environment != "N/A")
      environments.push_back(std::move(environment));
    for (const Element& bold : cells[1].all("b")) {
      std::string name = text(bold);
      if (!name.empty() && name.back() == ':') name.pop_back();
      algorithms.insert(std::move(name));
    }
  }
  v.environments = base::join(environments, "; ");
  v.algorithms = base::join({algorithms.begin(), algorithms.end()}, " ");
}

AlgorithmValidation product_entry(const Element& form, const AlgorithmValidation& product) {
  AlgorithmValidation v = product;
  for (const Element& heading : form.all("h4"))
    for (const Element& link : heading.all("a")) {
      v.number = text(link);
      v.validation_id = query_number(link.attribute("href"), "validation");
    }
  if (v.number.empty() || v.validation_id == 0) reject("no number or address of the validation");
  v.date = date_of(form);
  read_capabilities(form, v);
  return v;
}

AlgorithmPage read_product(const Page& page, const Element& name) {
  AlgorithmPage result;
  AlgorithmValidation product;
  product.product = text(name);
  product.product_id = query_number(name.attribute("href"), "product");
  const auto ids = by_id(page);
  if (const auto found = ids.find("product-version"); found != ids.end())
    product.version = text(found->second);
  if (const auto found = ids.find("product-type"); found != ids.end())
    product.type = text(found->second);
  std::size_t index = 0;
  for (const Element& form : page.root().all("form")) {
    if (form.all("h4").empty()) continue;
    ++index;
    try {
      result.validations.push_back(product_entry(form, product));
    } catch (const base::Error& error) {
      result.rejected.push_back({index, error.what()});
    }
  }
  if (result.validations.empty()) page.unexpected("it has no validation that could be read");
  return result;
}

}  // namespace

bool is_algorithm_page(const Page& page) {
  return page.root().by_id("product-name") ||
         !page.root()
              .all([](const Element& each) { return each.attribute("id").starts_with(kNumber); })
              .empty();
}

AlgorithmPage read_algorithm_page(const Page& page) {
  if (const auto name = page.root().by_id("product-name")) return read_product(page, *name);
  return read_list(page);
}

}  // namespace cmvp
