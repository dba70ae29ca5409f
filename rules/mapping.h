#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "rules/finding.h"

namespace rules {

struct Pack;

/// What a link from rules to a control goes by.
enum class LinkBy { rule, rung, pack, cites };
constexpr std::array<std::string_view, 4> kLinkByNames = {"rule", "rung", "pack", "cites"};

/// One line of a mapping: findings that speak to a control of a framework. That they do says
/// nothing about whether the control is satisfied.
struct ControlLink {
  std::string framework;  ///< e.g. "NIST SP 800-53 Rev. 5"
  std::string control;    ///< e.g. "SC-13"
  std::string title;      ///< what it is about
  LinkBy by = LinkBy::rule;
  std::string name;    ///< id of a rule or pack, name of a rung, or a clause that rules cite
  std::string source;  ///< where the control and its title are from
  bool from_memory = false;
  std::string origin;  ///< file:line
};

/// A control with the findings that speak to it.
struct Control {
  std::string framework, id, title, source;
  bool from_memory = false;
  std::array<int, kResultNames.size()> count{};  ///< findings by Result
  std::vector<std::string> findings;             ///< ids, in the order of the findings
};

/// Reads a mapping from comma-separated values with the columns framework, control, title, by,
/// name, source and memory. Throws Error(input), `origin:line: message`, for another header, an
/// unknown word, an empty cell, or two titles of one control.
std::vector<ControlLink> read_mapping(std::string_view csv, const std::string& origin);

/// All mappings that are built in.
std::vector<ControlLink> built_in_mappings();

/// True if a finding of this rule speaks to the control of `link`.
bool speaks_to(const ControlLink& link, const Finding& finding);

/// Groups `findings` by the controls they speak to, in the order of the mapping, and notes in each
/// finding which these are. Controls to which none speaks are left out.
std::vector<Control> group_by_control(const std::vector<ControlLink>& links,
                                      std::vector<Finding>& findings);

/// Links that lead nowhere, as `file:line: error: message`: no rule, rung, pack or citation of any
/// of `packs` has that name.
std::vector<std::string> lint_mapping(const std::vector<ControlLink>& links,
                                      const std::vector<Pack>& packs);

}  // namespace rules
