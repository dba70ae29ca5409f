#include "cli/source_map.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "reports/place.h"

namespace cli {
namespace {

std::string without_end(std::string path) {
  while (!path.empty() && path.back() == '/') path.pop_back();
  return path;
}

SourceMapping mapping_of(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || text.front() != '/')
    throw base::Error(base::ErrorKind::usage,
                      "--source-map is PLACE=SOURCE with an absolute place, e.g. "
                      "/etc/ssl=config/ssl, not \"" +
                          base::printable(text) + "\"");
  std::string source = without_end(text.substr(equals + 1));
  if (source == ".") source.clear();
  return {without_end(text.substr(0, equals)), source};
}

bool is_below(const std::string& file, const std::string& place) {
  return file.starts_with(place) && (file.size() == place.size() || file[place.size()] == '/');
}

const SourceMapping* mapping_for(const std::string& file,
                                 const std::vector<SourceMapping>& mappings) {
  const SourceMapping* best = nullptr;
  for (const SourceMapping& one : mappings)
    if (is_below(file, one.place) && (best == nullptr || one.place.size() > best->place.size()))
      best = &one;
  return best;
}

std::string source_of(const std::string& file, const SourceMapping& mapping) {
  const std::string rest = file.substr(mapping.place.size());
  if (!mapping.source.empty()) return mapping.source + rest;
  return rest.starts_with('/') ? rest.substr(1) : rest;
}

}  // namespace

std::vector<SourceMapping> source_mappings(const Invocation& invocation) {
  std::vector<SourceMapping> mappings;
  for (const std::string& text : invocation.values("source-map"))
    mappings.push_back(mapping_of(text));
  return mappings;
}

void map_sources(rules::Assessment& assessment, const std::vector<SourceMapping>& mappings) {
  if (mappings.empty()) return;
  for (rules::Finding& finding : assessment.findings) {
    const auto place = reports::place_of(finding);
    if (!place) continue;
    const SourceMapping* mapping = mapping_for(place->file, mappings);
    if (mapping == nullptr || source_of(place->file, *mapping).empty()) continue;
    finding.file = source_of(place->file, *mapping);
    finding.line = place->line;
  }
}

}  // namespace cli
