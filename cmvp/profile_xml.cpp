#include "cmvp/profile_xml.h"

#include <algorithm>
#include <pugixml.hpp>

#include "cmvp/field.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

constexpr std::string_view kNamespace = "https://niap-ccevs.org/cc/v1";
constexpr std::size_t kHeadLimit = 4096;
constexpr int kDepthLimit = 200;

[[noreturn]] void fail(const std::string& where, const std::string& why) {
  throw base::Error(base::ErrorKind::input, where + ": " + why);
}

std::string place(std::string_view bytes, std::ptrdiff_t offset, const std::string& origin) {
  const auto end = bytes.begin() +
                   std::clamp<std::ptrdiff_t>(offset, 0, static_cast<std::ptrdiff_t>(bytes.size()));
  return origin + ":" + std::to_string(std::count(bytes.begin(), end, '\n') + 1);
}

// Visits nodes without recursion, so a hostile depth is counted and not suffered.
struct Depth : pugi::xml_tree_walker {
  bool too_deep = false;
  bool for_each(pugi::xml_node& node) override {
    too_deep = depth() > kDepthLimit && node.type() == pugi::node_element;
    return !too_deep;
  }
};

std::string_view name_of(pugi::xml_node node) { return node.name(); }

// The evaluator's work and the notes to authors are not what a product must do.
bool is_about_evaluation(pugi::xml_node node) {
  return name_of(node) == "aactivity" || name_of(node) == "note";
}

// An item of a list, in whatever way the namespace of HTML is written.
bool is_list_item(pugi::xml_node node) {
  return name_of(node) == "li" || name_of(node).ends_with(":li");
}

// The words of a node, choices and blanks to fill standing as what they are.
void collect_words(pugi::xml_node node, std::string& text) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    } else if (name_of(child) == "selectables") {
      text += " [selection] ";
    } else if (name_of(child) == "assignable") {
      text += " [assignment] ";
    } else if (!is_about_evaluation(child)) {
      if (is_list_item(child)) text += " ";
      collect_words(child, text);
      if (is_list_item(child)) text += "; ";
    }
  }
}

std::string words(pugi::xml_node node) {
  std::string text;
  collect_words(node, text);
  text = clean_field(text);
  if (text.size() > kFieldLimit)
    fail("a text",
         "has " + std::to_string(text.size()) + " bytes, more than " + std::to_string(kFieldLimit));
  return text;
}

std::string component_of(pugi::xml_node component) {
  std::string id = clean_field(component.attribute("cc-id").value());
  std::transform(id.begin(), id.end(), id.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const std::string iteration = clean_field(component.attribute("iteration").value());
  return iteration.empty() ? id : id + "/" + iteration;
}

void add_selections(pugi::xml_node node, const SecurityRequirement& requirement,
                    ProfileDocument& document) {
  for (const pugi::xml_node child : node.children()) {
    if (name_of(child) == "aactivity") continue;
    if (name_of(child) == "selectable")
      document.selections.push_back(
          {requirement.component, requirement.element, clean_field(child.attribute("id").value()),
           std::string_view(child.attribute("exclusive").value()) == "yes", words(child)});
    add_selections(child, requirement, document);
  }
}

void add_component(pugi::xml_node component, ProfileDocument& document) {
  SecurityRequirement requirement;
  requirement.component = component_of(component);
  if (requirement.component.empty()) fail("a component", "has no cc-id");
  requirement.name = clean_field(component.attribute("name").value());
  requirement.status = clean_field(component.attribute("status").value());
  for (const pugi::xml_node element : component.children("f-element")) {
    ++requirement.element;
    requirement.text = words(element.child("title"));
    document.requirements.push_back(requirement);
    add_selections(element, requirement, document);
  }
  if (requirement.element == 0) fail(requirement.component, "has no element");
}

void add_components(const pugi::xml_document& xml, ProfileDocument& document) {
  std::size_t place = 0;
  for (const pugi::xpath_node& found : xml.select_nodes("//f-component")) {
    ++place;
    try {
      add_component(found.node(), document);
    } catch (const base::Error& error) {
      document.rejected.push_back({place, error.what()});
    }
  }
}

ProtectionProfile read_profile(const pugi::xml_document& xml) {
  const pugi::xml_node table = xml.document_element().child("PPReference").child("ReferenceTable");
  ProtectionProfile profile;
  profile.name = clean_field(table.child("PPTitle").text().get());
  profile.version = clean_field(table.child("PPVersion").text().get());
  profile.issued = clean_field(table.child("PPPubDate").text().get());
  if (!base::parse_date(profile.issued)) profile.issued.clear();
  profile.category =
      name_of(xml.document_element()) == "Package" ? "functional package" : "protection profile";
  profile.scheme = "US";
  return profile;
}

}  // namespace

bool is_profile_xml(std::string_view bytes) {
  return bytes.substr(0, kHeadLimit).find(kNamespace) != std::string_view::npos;
}

ProfileDocument read_profile_xml(std::string_view bytes, const std::string& origin) {
  pugi::xml_document xml;
  const auto parsed = xml.load_buffer(bytes.data(), bytes.size(), pugi::parse_default);
  if (!parsed) fail(place(bytes, parsed.offset, origin), base::lower(parsed.description()));
  Depth depth;
  if (xml.traverse(depth); depth.too_deep)
    fail(origin, "elements nested deeper than " + std::to_string(kDepthLimit));
  ProfileDocument document;
  document.profile = read_profile(xml);
  add_components(xml, document);
  if (document.profile.name.empty() || document.profile.version.empty() ||
      document.requirements.empty())
    fail(origin,
         "the document no longer looks as expected: it has no title, no version, or no component "
         "that could be read; the old data is kept");
  return document;
}

}  // namespace cmvp
