#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/xml_file.h"

namespace rules {

/// Reads one <rule>. `kinds` are the kinds of subject that the pack knows. Throws Error(input),
/// `file:line: message`, for anything missing, unknown or not allowed.
Rule read_rule(const XmlFile& file, pugi::xml_node node,
               const std::vector<std::string_view>& kinds);

/// Reads a <cite>. Throws as `read_rule`.
Citation read_citation(const XmlFile& file, pugi::xml_node node);

/// The SQL of `node`, which has to be one SELECT. Throws as `read_rule`.
std::string read_query(const XmlFile& file, pugi::xml_node node);

/// The attribute `name` of `node`: small letters, digits and hyphens. Throws as `read_rule`.
std::string read_id(const XmlFile& file, pugi::xml_node node, const char* name);

}  // namespace rules
