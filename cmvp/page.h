#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmvp {

/// Largest page that is read, in bytes, and how deep its elements may be nested: deeper ones cost
/// the parser time that grows with the square of the depth.
constexpr std::size_t kPageLimit = std::size_t{32} << 20U;
constexpr std::size_t kNestingLimit = 400;

struct PageTree;

/// An element of a page; only valid while the Page is there.
class Element {
 public:
  Element(const PageTree& tree, std::size_t place) : tree_(&tree), place_(place) {}

  /// The name of its tag in small letters; "" for one that HTML does not know.
  std::string tag() const;
  /// The value of attribute `name`, "" if it has none.
  std::string attribute(const char* name) const;
  bool has_class(std::string_view word) const;
  /// Its text as a person sees it: buttons, scripts and invisible parts left out, a line end for
  /// each line break and block, other white space run together.
  std::string text() const;
  /// The elements directly in it.
  std::vector<Element> children() const;
  /// All elements in it that `wanted` says yes to, in the order of the page.
  std::vector<Element> all(const std::function<bool(const Element&)>& wanted) const;
  /// All elements in it with this tag.
  std::vector<Element> all(const std::string& tag) const;
  /// The first element in it with this id.
  std::optional<Element> by_id(const std::string& id) const;

 private:
  const PageTree* tree_;
  std::size_t place_;  // Among the elements of the page, in the order of their begin tags.
};

/// A parsed HTML page. Any bytes make a page, as in a browser; unclosed tags are closed. Pages may
/// be parsed in several threads at once.
class Page {
 public:
  /// Throws Error(input), `origin: message`, for a page that is too large or nested too deeply.
  Page(std::string_view bytes, std::string origin);
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  Element root() const;
  const std::string& origin() const { return origin_; }

  /// Throws Error(input): the page no longer looks as expected, because of `what`.
  [[noreturn]] void unexpected(const std::string& what) const;

 private:
  std::string origin_;
  std::unique_ptr<PageTree> tree_;
};

}  // namespace cmvp
