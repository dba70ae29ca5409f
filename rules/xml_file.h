#pragma once

#include <initializer_list>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "rules/pack.h"

namespace rules {

/// A file of a pack is at most this long, and its elements are nested at most this deep.
constexpr std::size_t kPackFileLimit = std::size_t{4} << 20U;  // 4 MiB
constexpr int kNestingLimit = 64;

/// What an element may hold; everything else is a mistake of the author.
struct Shape {
  std::vector<std::string_view> attributes;
  std::vector<std::string_view> elements;
  bool text = false;
};

/// An XML file of a pack, read strictly. Every complaint is an Error(input), `file:line: message`.
/// The PackFile must outlive it.
class XmlFile {
 public:
  /// Parses `file`. Throws for what is no well-formed XML, too long, too deep, no UTF-8, or has a
  /// document type, a processing instruction or an entity that XML itself does not define.
  explicit XmlFile(const PackFile& file);

  /// The root element. Throws unless it is called `name`.
  pugi::xml_node root(std::string_view name) const;

  /// Throws Error(input) about the element `at`.
  [[noreturn]] void fail(pugi::xml_node at, const std::string& why) const;

  /// `file:line` of an element.
  std::string where(pugi::xml_node at) const;

  /// Throws if `node` holds anything that `shape` does not allow.
  void allow(pugi::xml_node node, const Shape& shape) const;

  /// The value of an attribute. Throws if it is missing or empty.
  std::string attribute(pugi::xml_node node, const char* name) const;

  /// Index of the value of an attribute in `words`. Throws, with the nearest word, if it is none.
  std::size_t word(pugi::xml_node node, const char* name,
                   const std::vector<std::string_view>& words) const;

  /// The one child called `name`, or none. Throws if there are two.
  pugi::xml_node single(pugi::xml_node node, const char* name) const;

  /// The one child called `name`. Throws if there is none, or two.
  pugi::xml_node required(pugi::xml_node node, const char* name) const;

  /// The text of `node` itself, all white space between words made one space.
  static std::string prose(pugi::xml_node node);

  /// The text of `node` itself as it stands there.
  static std::string verbatim(pugi::xml_node node);

 private:
  [[noreturn]] void fail_at(std::size_t offset, const std::string& why) const;
  std::string place(std::size_t offset) const;
  void check_bytes() const;
  void check_entities() const;
  void check_tree() const;

  const PackFile& file_;
  std::vector<std::size_t> line_ends_;
  pugi::xml_document document_;
};

}  // namespace rules
