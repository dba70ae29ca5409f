#pragma once

#include "tests/reports/sample.h"

namespace sample {

/// `count` findings: those made by hand over and over, for other subjects and other lines.
inline rules::Assessment repeated(int count) {
  rules::Assessment a = sample::rich();
  std::vector<rules::Finding> some;
  for (rules::Finding& finding : a.findings)
    if (finding.message.size() < 1000) some.push_back(std::move(finding));
  a.findings.clear();
  a.count = {};
  for (int at = 0; at < count; ++at) {
    rules::Finding finding = some[static_cast<std::size_t>(at) % some.size()];
    const std::string number = std::to_string(at);
    finding.subject += "#" + std::to_string(at / 50);
    finding.id += "#" + number;
    if (at % 3 == 0) finding.message = "/srv/a b,c/ünï%:" + number + "1: " + finding.message;
    if (at % 7 == 0) finding.waivers = sample::gated().findings[1].waivers;
    finding.novelty = at % 5 == 0 ? rules::Novelty::known : rules::Novelty::fresh;
    ++a.count[static_cast<std::size_t>(finding.result)];
    a.findings.push_back(std::move(finding));
  }
  return a;
}

}  // namespace sample
