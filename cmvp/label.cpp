#include "cmvp/label.h"

#include "cmvp/field.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

bool is_column(const Element& element) {
  return element.attribute("class").find("col-md-") != std::string::npos;
}

}  // namespace

Labels labels_of(const Page& page) {
  Labels labels;
  const auto rows = page.root().all([](const Element& each) {
    return each.tag() == "div" && each.has_class("row") && each.has_class("padrow");
  });
  for (const Element& row : rows) {
    const auto cells = row.children();
    if (cells.size() < 2 || !is_column(cells[0]) || !is_column(cells[1])) continue;
    std::string label = base::lower(clean_field(cells[0].text()));
    if (!label.empty() && label.back() == ':') label.pop_back();
    labels.emplace(std::move(label), cells[1]);
  }
  return labels;
}

std::string labelled_text(const Labels& labels, const std::string& label,
                          std::vector<LineNote>& left_out) {
  const auto found = labels.find(label);
  if (found == labels.end()) return {};
  std::string value = clean_field(found->second.text());
  if (value.size() <= kFieldLimit) return value;
  left_out.push_back({0, label + " has " + std::to_string(value.size()) + " bytes, more than " +
                             std::to_string(kFieldLimit)});
  return {};
}

}  // namespace cmvp
