#include "cmvp/page.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

// Elements that never hold others, or that the parser closes by itself.
constexpr std::array<std::string_view, 23> kNotNesting = {
    "area", "base", "br",    "col",    "embed", "hr",     "img", "input",
    "link", "meta", "param", "source", "track", "wbr",    "p",   "tr",
    "td",   "th",   "tbody", "thead",  "tfoot", "option", "body"};

bool nests(std::string_view tag) {
  return std::find(kNotNesting.begin(), kNotNesting.end(), tag) == kNotNesting.end();
}

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// Counts open elements without building them, so that a page cannot make the parser slow.
bool too_deep(std::string_view text) {
  std::map<std::string, std::size_t, std::less<>> open;
  std::size_t depth = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const bool closing = at + 1 < text.size() && text[at + 1] == '/';
    std::size_t end = at + (closing ? 2 : 1);
    const std::size_t begin = end;
    while (end < text.size() && end - begin < 32 &&
           (is_letter(text[end]) || (end > begin && text[end] >= '1' && text[end] <= '6')))
      ++end;
    if (end == begin) continue;
    const std::string tag = base::lower(text.substr(begin, end - begin));
    if (!nests(tag)) continue;
    std::size_t& count = open[tag];
    if (!closing) {
      ++count;
      if (++depth > kNestingLimit) return true;
    } else if (count > 0) {
      --count;
      --depth;
    }
  }
  return false;
}

const GumboNode* node_of(const void* node) { return static_cast<const GumboNode*>(node); }

bool is_element(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

std::string_view value_of(const GumboNode* node, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

const GumboNode* find_id(const GumboNode* node, std::string_view id) {
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (!is_element(child)) continue;
    if (value_of(child, "id") == id) return child;
    if (const GumboNode* found = find_id(child, id); found != nullptr) return found;
  }
  return nullptr;
}

bool is_invisible(const Element& element, const std::string& tag) {
  return tag == "script" || tag == "style" || tag == "button" ||
         element.has_class("element-invisible") || (tag == "a" && element.has_class("btn"));
}

bool is_block(const std::string& tag) {
  constexpr std::array<std::string_view, 12> kBlocks = {"br", "p",  "div", "li", "ul", "ol",
                                                        "tr", "td", "th",  "h4", "h3", "table"};
  return std::find(kBlocks.begin(), kBlocks.end(), tag) != kBlocks.end();
}

void collect_text(const GumboNode* node, std::string& text) {
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
      node->type == GUMBO_NODE_CDATA) {
    for (const char c : std::string_view(node->v.text.text))
      text += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    return;
  }
  if (!is_element(node)) return;
  const Element element(node);
  const std::string tag = element.tag();
  if (is_invisible(element, tag)) return;
  if (is_block(tag)) text += '\n';
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i)
    collect_text(static_cast<const GumboNode*>(children.data[i]), text);
  if (is_block(tag)) text += '\n';
}

void collect(const GumboNode* node, const std::function<bool(const Element&)>& wanted,
             std::vector<Element>& found) {
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (!is_element(child)) continue;
    if (const Element element(child); wanted(element)) found.push_back(element);
    collect(child, wanted, found);
  }
}

}  // namespace

std::string Element::tag() const { return gumbo_normalized_tagname(node_of(node_)->v.element.tag); }

std::string Element::attribute(const char* name) const {
  return std::string(value_of(node_of(node_), name));
}

bool Element::has_class(std::string_view word) const {
  const std::string_view classes = value_of(node_of(node_), "class");
  if (classes.find(word) == std::string_view::npos) return false;
  const auto words = base::split(classes, ' ');
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string Element::text() const {
  std::string raw;
  collect_text(node_of(node_), raw);
  std::vector<std::string> result;
  for (const auto line : base::split(raw, '\n'))
    if (std::string cleaned = clean_field(line); !cleaned.empty())
      result.push_back(std::move(cleaned));
  return base::join(result, "\n");
}

std::vector<Element> Element::children() const {
  std::vector<Element> result;
  const GumboVector& children = node_of(node_)->v.element.children;
  for (unsigned i = 0; i < children.length; ++i)
    if (const auto* child = static_cast<const GumboNode*>(children.data[i]); is_element(child))
      result.emplace_back(child);
  return result;
}

std::vector<Element> Element::all(const std::function<bool(const Element&)>& wanted) const {
  std::vector<Element> found;
  collect(node_of(node_), wanted, found);
  return found;
}

std::vector<Element> Element::all(const std::string& tag) const {
  return all([&](const Element& element) { return element.tag() == tag; });
}

std::optional<Element> Element::by_id(const std::string& id) const {
  const GumboNode* found = find_id(node_of(node_), id);
  if (found == nullptr) return std::nullopt;
  return Element(found);
}

struct Page::Parsed {
  explicit Parsed(std::string_view text)
      : output(gumbo_parse_with_options(&kGumboDefaultOptions, text.data(), text.size())) {}
  ~Parsed() { gumbo_destroy_output(&kGumboDefaultOptions, output); }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;
  GumboOutput* output;
};

Page::Page(std::string_view bytes, std::string origin) : origin_(std::move(origin)) {
  if (bytes.size() > kPageLimit)
    throw base::Error(base::ErrorKind::input, origin_ + ": more than " +
                                                  std::to_string(kPageLimit >> 20U) +
                                                  " MiB, too large for a page");
  text_ = as_utf8(bytes);
  if (too_deep(text_))
    throw base::Error(base::ErrorKind::input, origin_ + ": elements are nested more than " +
                                                  std::to_string(kNestingLimit) + " deep");
  parsed_ = std::make_unique<Parsed>(text_);
}

Page::~Page() = default;

Element Page::root() const { return Element(parsed_->output->root); }

void Page::unexpected(const std::string& what) const {
  throw base::Error(base::ErrorKind::input,
                    origin_ + ": the page no longer looks as expected: " + what);
}

}  // namespace cmvp
