#include "rules/xml_file.h"

#include <algorithm>
#include <array>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace rules {
namespace {

bool is_text(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

// Visits nodes without recursion, so a hostile depth is counted and not suffered.
struct Walker : pugi::xml_tree_walker {
  pugi::xml_node refused;
  std::string why;
  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_doctype) why = "a document type is not allowed";
    if (node.type() == pugi::node_pi) why = "a processing instruction is not allowed";
    if (depth() > kNestingLimit)
      why = "elements nested deeper than " + std::to_string(kNestingLimit);
    if (!why.empty()) refused = node;
    return why.empty();
  }
};

std::string quoted(std::string_view word) { return "\"" + std::string(word) + "\""; }

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const auto near = base::nearest(word, known);
  return near ? "; did you mean " + quoted(*near) : std::string();
}

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

XmlFile::XmlFile(const PackFile& file) : file_(file) {
  for (std::size_t at = 0; (at = file.text.find('\n', at)) != std::string::npos; ++at)
    line_ends_.push_back(at);
  check_bytes();
  const unsigned options = pugi::parse_default | pugi::parse_doctype | pugi::parse_pi;
  const auto parsed =
      document_.load_buffer(file.text.data(), file.text.size(), options, pugi::encoding_utf8);
  if (!parsed) fail_at(static_cast<std::size_t>(parsed.offset), base::lower(parsed.description()));
  check_tree();
  check_entities();
}

std::string XmlFile::place(std::size_t offset) const {
  const auto line = std::lower_bound(line_ends_.begin(), line_ends_.end(), offset);
  return file_.name + ":" + std::to_string(line - line_ends_.begin() + 1);
}

void XmlFile::fail_at(std::size_t offset, const std::string& why) const {
  throw base::Error(base::ErrorKind::input, place(offset) + ": " + why);
}

void XmlFile::check_bytes() const {
  if (file_.text.size() > kPackFileLimit) fail_at(0, "larger than 4 MiB");
  const auto lines = base::split(file_.text, '\n');
  std::size_t offset = 0;
  for (std::string_view line : lines) {
    const std::size_t length = line.size();
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (base::printable(line) != line) fail_at(offset, "no UTF-8 text, or a control character");
    offset += length + 1;
  }
}

// The parser leaves an unknown entity as it is; a reader of the file would think it means
// something.
void XmlFile::check_entities() const {
  const std::string_view text = file_.text;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<![CDATA[")) at = std::min(text.find("]]>", at), text.size());
    if (rest.starts_with("<!--")) at = std::min(text.find("-->", at), text.size());
    if (at >= text.size() || text[at] != '&') continue;
    constexpr std::array<std::string_view, 6> kKnown = {"&lt;",   "&gt;",   "&amp;",
                                                        "&quot;", "&apos;", "&#"};
    if (std::none_of(kKnown.begin(), kKnown.end(),
                     [&](std::string_view known) { return rest.starts_with(known); }))
      fail_at(at, "an entity that XML does not define; write &amp; for an ampersand");
  }
}

void XmlFile::check_tree() const {
  Walker walker;
  pugi::xml_node top = document_;
  top.traverse(walker);
  if (!walker.why.empty()) {
    const auto offset = walker.refused.offset_debug();
    fail_at(offset < 0 ? 0 : static_cast<std::size_t>(offset), walker.why);
  }
}

pugi::xml_node XmlFile::root(std::string_view name) const {
  const pugi::xml_node node = document_.document_element();
  if (node.name() != name) fail(node, "the root element is not <" + std::string(name) + ">");
  for (pugi::xml_node other = node.next_sibling(); other; other = other.next_sibling())
    if (other.type() == pugi::node_element) fail(other, "a second root element");
  return node;
}

void XmlFile::fail(pugi::xml_node at, const std::string& why) const {
  const auto offset = at.offset_debug();
  fail_at(offset < 0 ? 0 : static_cast<std::size_t>(offset), why);
}

std::string XmlFile::where(pugi::xml_node at) const {
  return place(static_cast<std::size_t>(std::max<std::ptrdiff_t>(at.offset_debug(), 0)));
}

void XmlFile::allow(pugi::xml_node node, const Shape& shape) const {
  std::vector<std::string_view> seen;
  for (const pugi::xml_attribute attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (!contains(shape.attributes, name))
      fail(node, "unknown attribute " + quoted(name) + suggestion(name, shape.attributes));
    if (contains(seen, name)) fail(node, "attribute " + quoted(name) + " is given twice");
    seen.push_back(name);
  }
  for (const pugi::xml_node child : node.children()) {
    const std::string_view name = child.name();
    if (child.type() == pugi::node_element && !contains(shape.elements, name))
      fail(child, "unknown element <" + std::string(name) + ">" + suggestion(name, shape.elements));
    if (is_text(child) && !shape.text)
      fail(node, "text within <" + std::string(node.name()) + ">, where only elements belong");
  }
}

std::string XmlFile::attribute(pugi::xml_node node, const char* name) const {
  std::string value = node.attribute(name).value();
  if (base::trim(value).empty())
    fail(node, "<" + std::string(node.name()) + "> lacks the attribute " + quoted(name));
  return value;
}

std::size_t XmlFile::word(pugi::xml_node node, const char* name,
                          const std::vector<std::string_view>& words) const {
  const std::string value = attribute(node, name);
  const auto found = std::find(words.begin(), words.end(), value);
  if (found == words.end())
    fail(node, std::string(name) + " cannot be " + quoted(value) + suggestion(value, words));
  return static_cast<std::size_t>(found - words.begin());
}

pugi::xml_node XmlFile::single(pugi::xml_node node, const char* name) const {
  const pugi::xml_node child = node.child(name);
  if (const pugi::xml_node second = child.next_sibling(name))
    fail(second, "a second <" + std::string(name) + ">");
  return child;
}

pugi::xml_node XmlFile::required(pugi::xml_node node, const char* name) const {
  const pugi::xml_node child = single(node, name);
  if (!child) fail(node, "<" + std::string(node.name()) + "> lacks <" + std::string(name) + ">");
  return child;
}

std::string XmlFile::prose(pugi::xml_node node) {
  std::string result;
  for (const char c : verbatim(node)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) result += c;
    if (space && !result.empty() && result.back() != ' ') result += ' ';
  }
  return std::string(base::trim(result));
}

std::string XmlFile::verbatim(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node child : node.children())
    if (is_text(child)) text += child.value();
  return text;
}

}  // namespace rules
