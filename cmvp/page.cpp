#include "cmvp/page.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory_resource>

#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {

/// A parsed page: all that the parser made lies in `memory`, which is given back as a whole.
struct PageTree {
  struct Entry {
    const GumboNode* node;
    const char* id;       ///< nullptr if it has none.
    const char* classes;  ///< nullptr if it has none.
    std::size_t end;      ///< The first element behind those in it.
  };

  explicit PageTree(std::string_view text);

  void add(const GumboNode* node);

  std::pmr::monotonic_buffer_resource memory;
  std::vector<Entry> entries;  ///< All elements, in the order of their begin tags.
};

namespace {

// Elements that never hold others, or that the parser closes by itself.
constexpr std::array kNotNesting = {
    GUMBO_TAG_AREA,  GUMBO_TAG_BASE,   GUMBO_TAG_BR,    GUMBO_TAG_COL,   GUMBO_TAG_EMBED,
    GUMBO_TAG_HR,    GUMBO_TAG_IMG,    GUMBO_TAG_INPUT, GUMBO_TAG_LINK,  GUMBO_TAG_META,
    GUMBO_TAG_PARAM, GUMBO_TAG_SOURCE, GUMBO_TAG_TRACK, GUMBO_TAG_WBR,   GUMBO_TAG_P,
    GUMBO_TAG_TR,    GUMBO_TAG_TD,     GUMBO_TAG_TH,    GUMBO_TAG_TBODY, GUMBO_TAG_THEAD,
    GUMBO_TAG_TFOOT, GUMBO_TAG_OPTION, GUMBO_TAG_BODY};

constexpr std::array kBlocks = {GUMBO_TAG_BR, GUMBO_TAG_P,  GUMBO_TAG_DIV, GUMBO_TAG_LI,
                                GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_TR,  GUMBO_TAG_TD,
                                GUMBO_TAG_TH, GUMBO_TAG_H4, GUMBO_TAG_H3,  GUMBO_TAG_TABLE};

template <std::size_t size>
bool is_one_of(GumboTag tag, const std::array<GumboTag, size>& tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// The name of the tag that begins at `at`, "" if there is none.
std::string_view tag_name(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size() && at - begin < 32 &&
         (is_letter(text[at]) || (at > begin && text[at] >= '1' && text[at] <= '6')))
    ++at;
  return text.substr(begin, at - begin);
}

// Counts open elements without building them, so that a page cannot make the parser slow.
bool too_deep(std::string_view text) {
  std::array<std::size_t, GUMBO_TAG_UNKNOWN> known{};
  std::map<std::string, std::size_t> others;  // Names that HTML does not know.
  std::size_t depth = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const bool closing = at + 1 < text.size() && text[at + 1] == '/';
    const std::string_view name = tag_name(text, at + (closing ? 2 : 1));
    if (name.empty()) continue;
    const GumboTag tag = gumbo_tagn_enum(name.data(), static_cast<unsigned>(name.size()));
    if (is_one_of(tag, kNotNesting)) continue;
    std::size_t& open = tag < GUMBO_TAG_UNKNOWN ? known.at(tag) : others[base::lower(name)];
    if (!closing) {
      ++open;
      if (++depth > kNestingLimit) return true;
    } else if (open > 0) {
      --open;
      --depth;
    }
  }
  return false;
}

bool is_element(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

const char* value_of(const GumboNode* node, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == nullptr ? nullptr : found->value;
}

// Whether `word` is one of the words of `classes`, which may be nullptr.
bool has_word(const char* classes, std::string_view word) {
  if (classes == nullptr) return false;
  const std::string_view text = classes;
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

bool is_invisible(const GumboNode* node) {
  const GumboTag tag = node->v.element.tag;
  if (tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_BUTTON) return true;
  const char* classes = value_of(node, "class");
  return has_word(classes, "element-invisible") || (tag == GUMBO_TAG_A && has_word(classes, "btn"));
}

void collect_text(const GumboNode* node, std::string& text) {
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
      node->type == GUMBO_NODE_CDATA) {
    const std::size_t begin = text.size();
    text += node->v.text.text;
    std::replace_if(
        text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(),
        [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return;
  }
  if (!is_element(node) || is_invisible(node)) return;
  const bool block = is_one_of(node->v.element.tag, kBlocks);
  if (block) text += '\n';
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i)
    collect_text(static_cast<const GumboNode*>(children.data[i]), text);
  if (block) text += '\n';
}

void* allocate(void* memory, std::size_t size) {
  return static_cast<std::pmr::memory_resource*>(memory)->allocate(size);
}

// The memory of a page is given back all at once.
void keep(void* /*memory*/, void* /*piece*/) {}

}  // namespace

// Most pages take the parser three times their size.
PageTree::PageTree(std::string_view text) : memory(text.size() * 3 + 4096) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = keep;
  options.userdata = &memory;
  options.max_errors = 0;
  add(gumbo_parse_with_options(&options, text.data(), text.size())->root);
}

void PageTree::add(const GumboNode* node) {
  const std::size_t place = entries.size();
  entries.push_back({node, value_of(node, "id"), value_of(node, "class"), 0});
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i)
    if (const auto* child = static_cast<const GumboNode*>(children.data[i]); is_element(child))
      add(child);
  entries[place].end = entries.size();
}

std::string Element::tag() const {
  return gumbo_normalized_tagname(tree_->entries[place_].node->v.element.tag);
}

std::string Element::attribute(const char* name) const {
  const char* value = value_of(tree_->entries[place_].node, name);
  return value == nullptr ? "" : value;
}

bool Element::has_class(std::string_view word) const {
  return has_word(tree_->entries[place_].classes, word);
}

std::string Element::text() const {
  std::string raw;
  collect_text(tree_->entries[place_].node, raw);
  std::string result;
  for (const auto line : base::split(raw, '\n')) {
    const std::string cleaned = clean_field(line);
    if (cleaned.empty()) continue;
    if (!result.empty()) result += '\n';
    result += cleaned;
  }
  return result;
}

std::vector<Element> Element::children() const {
  std::vector<Element> result;
  const auto& entries = tree_->entries;
  for (std::size_t at = place_ + 1; at < entries[place_].end; at = entries[at].end)
    result.emplace_back(*tree_, at);
  return result;
}

std::vector<Element> Element::all(const std::function<bool(const Element&)>& wanted) const {
  std::vector<Element> found;
  for (std::size_t at = place_ + 1; at < tree_->entries[place_].end; ++at)
    if (const Element element(*tree_, at); wanted(element)) found.push_back(element);
  return found;
}

std::vector<Element> Element::all(const std::string& tag) const {
  const GumboTag wanted = gumbo_tag_enum(tag.c_str());
  std::vector<Element> found;
  for (std::size_t at = place_ + 1; at < tree_->entries[place_].end; ++at)
    if (tree_->entries[at].node->v.element.tag == wanted) found.emplace_back(*tree_, at);
  return found;
}

std::optional<Element> Element::by_id(const std::string& id) const {
  for (std::size_t at = place_ + 1; at < tree_->entries[place_].end; ++at)
    if (const char* own = tree_->entries[at].id; own != nullptr && own == id)
      return Element(*tree_, at);
  return std::nullopt;
}

Page::Page(std::string_view bytes, std::string origin) : origin_(std::move(origin)) {
  if (bytes.size() > kPageLimit)
    throw base::Error(base::ErrorKind::input, origin_ + ": more than " +
                                                  std::to_string(kPageLimit >> 20U) +
                                                  " MiB, too large for a page");
  const std::string text = as_utf8(bytes);
  if (too_deep(text))
    throw base::Error(base::ErrorKind::input, origin_ + ": elements are nested more than " +
                                                  std::to_string(kNestingLimit) + " deep");
  tree_ = std::make_unique<PageTree>(text);
}

Page::~Page() = default;

Element Page::root() const { return {*tree_, 0}; }

void Page::unexpected(const std::string& what) const {
  throw base::Error(base::ErrorKind::input,
                    origin_ + ": the page no longer looks as expected: " + what);
}

}  // namespace cmvp
