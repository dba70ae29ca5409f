#include <algorithm>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/embedded.h"
#include "rules/mutation.h"
#include "rules/pack.h"
#include "rules/xml_file.h"

namespace rules {
namespace {

constexpr std::string_view kFolder = "packs/", kShared = "reference";
constexpr std::size_t kMostFiles = 500;
constexpr std::size_t kPackLimit = std::size_t{32} << 20U;

// "packs/<id>/<file>" as id and file; both empty for a resource that is no file of a pack.
std::pair<std::string_view, std::string_view> parts_of(std::string_view name) {
  if (!name.starts_with(kFolder)) return {};
  name.remove_prefix(kFolder.size());
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return {};
  return {name.substr(0, slash), name.substr(slash + 1)};
}

bool is_pack_file(std::string_view name) {
  return (name.ends_with(".xml") || name.ends_with(".csv")) && name != kSurvivorsFile;
}

// True if `path` is a table of a pack that lies beside the one in `folder`.
bool is_table_beside(const base::Host& host, const std::string& folder, const std::string& path) {
  const std::string pack = path.substr(0, path.rfind('/'));
  return path.ends_with(".csv") &&
         pack.substr(0, pack.rfind('/')) == folder.substr(0, folder.rfind('/')) &&
         host.status(pack + "/pack.xml").seen == base::Seen::ok;
}

// A link could bring any file of this machine into a report. Packs may share a table.
void refuse_link(const base::Host& host, const std::string& folder, const std::string& name) {
  const std::string path = host.resolve(folder + "/" + name), real = host.resolve(folder);
  if (path == real + "/" + name || is_table_beside(host, real, path)) return;
  throw base::Error(base::ErrorKind::input,
                    folder + "/" + name + ": a link; a pack holds its files itself");
}

}  // namespace

std::vector<std::string> built_in_packs() {
  std::vector<std::string> names;
  for (const base::Resource& resource : embedded())
    if (const auto [id, file] = parts_of(resource.name); file == "pack.xml") names.emplace_back(id);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<PackFile> built_in_pack_files(std::string_view name) {
  std::vector<PackFile> files;
  for (const base::Resource& resource : embedded())
    if (const auto [id, file] = parts_of(resource.name);
        id == name && id != kShared && !file.empty() && file != kSurvivorsFile)
      files.push_back({std::string(file), std::string(resource.bytes)});
  if (!files.empty()) return files;
  const std::vector<std::string> names = built_in_packs();
  const auto near = base::nearest(name, {names.begin(), names.end()});
  throw base::Error(base::ErrorKind::usage,
                    "no rule pack \"" + std::string(name) + "\" is built in; " +
                        (near ? "did you mean " + std::string(*near) + "?"
                              : "there are " + base::join(names, ", ") + "; a folder is named ./" +
                                    std::string(name)));
}

std::optional<PackFile> shared_file(std::string_view name) {
  for (const base::Resource& resource : embedded())
    if (const auto [id, file] = parts_of(resource.name); id == kShared && file == name)
      return PackFile{std::string(file), std::string(resource.bytes)};
  return std::nullopt;
}

std::vector<PackFile> pack_files_in(const base::Host& host, const std::string& folder) {
  const base::Listing listing = host.list_folder(folder);
  if (listing.seen != base::Seen::ok)
    throw base::Error(base::ErrorKind::input,
                      folder + ": no readable folder with a rule pack; name one with a pack.xml");
  std::vector<PackFile> files;
  std::size_t total = 0;
  for (const std::string& name : listing.names) {
    if (!is_pack_file(name)) continue;
    refuse_link(host, folder, name);
    base::FileText file = host.read_file(folder + "/" + name, kPackFileLimit);
    if (file.seen != base::Seen::ok)
      throw base::Error(base::ErrorKind::input,
                        folder + "/" + name + ": cannot be read" +
                            (file.reason.empty() ? "" : ": " + file.reason));
    total += file.text.size();
    files.push_back({name, std::move(file.text)});
    if (files.size() > kMostFiles || total > kPackLimit)
      throw base::Error(base::ErrorKind::input,
                        folder + ": more than 500 files or 32 MiB, which is no rule pack");
  }
  return files;
}

std::string built_in_survivors(std::string_view name) {
  const std::string path = std::string(kFolder) + std::string(name) + "/" + kSurvivorsFile;
  for (const base::Resource& resource : embedded())
    if (resource.name == path) return std::string(resource.bytes);
  return {};
}

std::string survivors_in(const base::Host& host, const std::string& folder) {
  const std::string path = folder + "/" + kSurvivorsFile;
  base::FileText file = host.read_file(path, kPackFileLimit);
  if (file.seen == base::Seen::unreadable)
    throw base::Error(base::ErrorKind::input, path + ": cannot be read: " + file.reason);
  return std::move(file.text);
}

}  // namespace rules
