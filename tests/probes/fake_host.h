#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "evidence/base/host.h"

namespace tests {

/// A machine made of strings.
class FakeHost : public base::Host {
 public:
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> refused;  ///< Path of a file or folder, and the reason.
  std::map<std::string, std::string> links;    ///< Path and the path it stands for.
  std::map<std::string, std::string> variables;
  std::map<std::string, base::FileStatus> statuses;  ///< In place of what `files` would say.
  std::string root_folder;
  std::optional<std::string> machine;

  base::FileText read_file(const std::string& named, std::size_t limit) const override {
    const std::string path = resolve(named);
    if (const auto found = refused.find(path); found != refused.end())
      return {base::Seen::unreadable, {}, found->second};
    const auto found = files.find(path);
    if (found == files.end() && is_folder(path))
      return {base::Seen::unreadable, {}, "not a regular file"};
    if (found == files.end()) return {};
    if (found->second.size() > limit) return {base::Seen::unreadable, {}, "too large"};
    return {base::Seen::ok, found->second, {}};
  }

  base::Listing list_folder(const std::string& named) const override {
    const std::string path = resolve(named);
    if (const auto found = refused.find(path); found != refused.end())
      return {base::Seen::unreadable, {}, found->second};
    if (!is_folder(path)) return {};
    std::set<std::string> names;
    for (const auto* entries : {&files, &refused, &links})
      for (const auto& [file, content] : *entries)
        if (file.starts_with(path + "/"))
          names.insert(
              file.substr(path.size() + 1, file.find('/', path.size() + 1) - path.size() - 1));
    return {base::Seen::ok, {names.begin(), names.end()}, {}};
  }

  base::FileStatus status(const std::string& named) const override {
    const std::string path = resolve(named);
    if (const auto found = statuses.find(path); found != statuses.end()) return found->second;
    base::FileStatus result;
    const auto found = files.find(path);
    result.is_folder = found == files.end() && is_folder(path);
    if (found == files.end() && !result.is_folder && !refused.contains(path)) return result;
    result.seen = base::Seen::ok;
    result.mode = 0644;
    if (found != files.end()) result.size = found->second.size();
    return result;
  }

  std::string resolve(const std::string& path) const override {
    std::string result = path;
    for (int hops = 0; hops < 8; ++hops) {
      bool changed = false;
      for (const auto& [link, target] : links)
        if (result == link || result.starts_with(link + "/"))
          result = target + result.substr(link.size()), changed = true;
      if (!changed) break;
    }
    return result;
  }

  std::string outside(const std::string& path) const override { return root_folder + path; }
  const std::string& root() const override { return root_folder; }

  std::optional<std::string> environment(const std::string& name) const override {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  }

  std::vector<std::string> variable_names() const override {
    std::vector<std::string> names;
    for (const auto& [name, value] : variables) names.push_back(name);
    return names;
  }

  std::optional<std::string> architecture() const override { return machine; }
  std::int64_t now() const override { return 1767225600; }  // 2026-01-01T00:00:00Z

 private:
  bool is_folder(const std::string& path) const {
    for (const auto* entries : {&files, &refused, &links})
      for (const auto& [file, content] : *entries)
        if (file.starts_with(path + "/")) return true;
    return false;
  }
};

}  // namespace tests
