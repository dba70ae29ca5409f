#include "evidence/probes/libraries.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "evidence/base/digest.h"
#include "evidence/base/text.h"
#include "evidence/probes/processor.h"

namespace evidence::probes {
namespace {

constexpr std::size_t kLibraryLimit = std::size_t{64} << 20U;
constexpr int kIncludeDepth = 8;
constexpr std::string_view kPrefix = "libcrypto.so.";

struct Platform {
  std::string_view loader;
  std::string_view tuple;  // Folder of Debian's multi-architecture layout.
  char elf_class;          // 1: 32 bits, 2: 64 bits (ELF header, EI_CLASS).
  char machine;            // Low byte of e_machine.
};

constexpr std::array<Platform, 6> kPlatforms = {{
    {"/lib64/ld-linux-x86-64.so.2", "x86_64-linux-gnu", 2, 62},
    {"/lib/ld-linux-aarch64.so.1", "aarch64-linux-gnu", 2, static_cast<char>(183)},
    {"/lib64/ld64.so.2", "powerpc64le-linux-gnu", 2, 21},
    {"/lib/ld64.so.1", "s390x-linux-gnu", 2, 22},
    {"/lib/ld-linux-armhf.so.3", "arm-linux-gnueabihf", 1, 40},
    {"/lib/ld-linux.so.2", "i386-linux-gnu", 1, 3},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kLevels = {{
    {"x86-64-v2", "cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3"},
    {"x86-64-v3", "avx avx2 bmi1 bmi2 f16c fma abm movbe xsave"},
    {"x86-64-v4", "avx512f avx512bw avx512cd avx512dq avx512vl"},
}};

const Platform* platform(const base::Host& host) {
  for (const Platform& candidate : kPlatforms)
    if (host.status(std::string(candidate.loader)).seen == base::Seen::ok) return &candidate;
  return nullptr;
}

// Shell pattern with "*" and "?" for one part of a path.
bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern[0] == '*') {
    for (std::size_t skip = 0; skip <= name.size(); ++skip)
      if (matches(pattern.substr(1), name.substr(skip))) return true;
    return false;
  }
  if (name.empty() || (pattern[0] != '?' && pattern[0] != name[0])) return false;
  return matches(pattern.substr(1), name.substr(1));
}

class FolderList {
 public:
  explicit FolderList(const base::Host& host) : host_(host) {}

  void add(std::string folder) {
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    if (!folder.starts_with('/') || !host_.status(folder).is_folder) return;
    if (seen_.insert(host_.resolve(folder)).second) folders_.push_back(std::move(folder));
  }

  void add_configuration(const std::string& file, int depth) {
    const base::FileText text = host_.read_file(file);
    for (const auto raw : base::lines(text.text)) {
      const auto line = base::trim(raw.substr(0, raw.find('#')));
      if (line.starts_with("include ") || line.starts_with("include\t")) {
        if (depth < kIncludeDepth)
          add_included(file, std::string(base::trim(line.substr(8))), depth);
      } else if (!line.empty() && !line.starts_with("hwcap ")) {
        add(std::string(line.substr(0, line.find_first_of(" \t=:,"))));
      }
    }
  }

  std::vector<std::string> folders() && { return std::move(folders_); }

 private:
  void add_included(const std::string& file, std::string pattern, int depth) {
    if (!pattern.starts_with('/')) pattern = base::folder_of(file) + "/" + pattern;
    const std::string folder = base::folder_of(pattern);
    for (const std::string& name : host_.list_folder(folder).names)
      if (!name.starts_with('.') && matches(base::name_of(pattern), name))
        add_configuration(folder + "/" + name, depth + 1);
  }

  const base::Host& host_;
  std::set<std::string> seen_;
  std::vector<std::string> folders_;
};

bool made_for(const Platform& wanted, const std::string& bytes) {
  constexpr std::size_t kClass = 4, kOrder = 5, kMachine = 18;  // ELF header (gABI, chapter 4).
  if (bytes.size() < 20 || !bytes.starts_with("\x7F"
                                              "ELF"))
    return false;
  const std::size_t low = bytes[kOrder] == 2 ? kMachine + 1 : kMachine;
  return bytes[kClass] == wanted.elf_class && bytes[low] == wanted.machine;
}

std::optional<std::int64_t> number_of(const std::string& soname) {
  const auto rest = std::string_view(soname).substr(kPrefix.size());
  return base::parse_integer(rest.substr(0, rest.find('.')));
}

void prefer_one(std::vector<Library>& libraries) {
  const auto rank = [](const Library& library) {
    const auto number = number_of(library.soname).value_or(0);
    return number == 3 ? std::int64_t{1000000} : number;
  };
  const auto best =
      std::max_element(libraries.begin(), libraries.end(),
                       [&](const Library& a, const Library& b) { return rank(a) < rank(b); });
  if (best != libraries.end()) best->preferred = true;
}

// The text between quotation marks after `label`.
std::optional<std::string> quoted(const std::string& bytes, std::string_view label) {
  const std::string start = std::string(label) + ": \"";
  const std::size_t at = bytes.find(start);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t begin = at + start.size();
  const std::size_t end = bytes.find_first_of(std::string_view("\"\0", 2), begin);
  if (end == std::string::npos || bytes[end] != '"' || end - begin > 4096) return std::nullopt;
  return base::printable(std::string_view(bytes).substr(begin, end - begin));
}

std::optional<LibraryStrings> strings_in(const std::string& bytes) {
  const auto openssldir = quoted(bytes, "OPENSSLDIR");
  if (!openssldir) return std::nullopt;
  return LibraryStrings{*openssldir, quoted(bytes, "MODULESDIR").value_or("")};
}

// Reads the library at `path`; nothing if it is made for another machine.
std::optional<Library> read_library(const base::Host& host, const Platform* here,
                                    const std::string& path) {
  const base::FileText file = host.read_file(path, kLibraryLimit);
  if (file.seen == base::Seen::absent) return std::nullopt;
  Library library;
  library.path = path;
  library.reason = file.reason;
  if (file.seen != base::Seen::ok) return library;
  if (here != nullptr && !made_for(*here, file.text)) return std::nullopt;
  library.sha256 = base::sha256(file.text);
  library.strings = strings_in(file.text);
  return library;
}

// The levels of the x86-64 psABI that this processor has, the highest first.
std::vector<std::string> levels(const base::Host& machine) {
  const std::string cpuinfo = machine.read_file("/proc/cpuinfo").text;
  std::vector<std::string> result;
  for (const auto& [level, flags] : kLevels) {
    const auto parts = base::split(flags, ' ');
    if (!std::all_of(parts.begin(), parts.end(),
                     [&](std::string_view flag) { return has_flag(cpuinfo, flag); }))
      break;
    result.insert(result.begin(), std::string(level));
  }
  return result;
}

// The folders of the dynamic loader, each with the ones for newer processors before it.
std::vector<std::string> with_variants(const base::Host& host, const base::Host& machine) {
  std::vector<std::string> result;
  for (const std::string& folder : library_folders(host)) {
    const std::string variants = folder + "/glibc-hwcaps";
    if (host.status(variants).is_folder)
      for (const std::string& level : levels(machine)) result.push_back(variants + "/" + level);
    result.push_back(folder);
  }
  return result;
}

}  // namespace

std::vector<std::string> library_folders(const base::Host& host) {
  FolderList list(host);
  const std::string path = host.environment("LD_LIBRARY_PATH").value_or("");
  std::string parts = path;
  std::replace(parts.begin(), parts.end(), ';', ':');
  for (const auto part : base::split(parts, ':')) list.add(std::string(part));
  list.add_configuration("/etc/ld.so.conf", 0);
  const Platform* here = platform(host);
  for (const std::string root : {"/lib", "/usr/lib"})
    if (here != nullptr) list.add(root + "/" + std::string(here->tuple));
  for (const std::string folder : {"/lib64", "/usr/lib64", "/lib", "/usr/lib"}) list.add(folder);
  return std::move(list).folders();
}

std::vector<Library> find_libcrypto(const base::Host& host, const base::Host& machine) {
  const Platform* here = platform(host);
  std::vector<Library> libraries;
  std::set<std::string> seen;
  for (const std::string& folder : with_variants(host, machine)) {
    for (const std::string& name : host.list_folder(folder).names) {
      if (!name.starts_with(kPrefix) || !number_of(name)) continue;
      const std::string found = folder + "/" + name;
      const std::string path = host.resolve(found);
      if (!seen.insert(path).second) continue;
      auto library = read_library(host, here, path);
      if (!library) continue;
      library->found_as = found;
      library->soname = name;
      libraries.push_back(std::move(*library));
    }
  }
  prefer_one(libraries);
  return libraries;
}

std::vector<Library> find_libcrypto(const base::Host& host) { return find_libcrypto(host, host); }

DynamicLoader dynamic_loader(const base::Host& host) {
  if (const Platform* here = platform(host)) return {std::string(here->loader), {}};
  for (const std::string& name : host.list_folder("/lib").names)
    if (name.starts_with("ld-musl-"))
      return {std::nullopt, "this system uses musl (/lib/" + name +
                                "): a probe that is built for glibc cannot run in it"};
  return {std::nullopt, "no dynamic loader of glibc is at any of its usual places"};
}

std::optional<LibraryStrings> strings_of_libcrypto(const base::Host& host,
                                                   const std::string& path) {
  const base::FileText file = host.read_file(path, kLibraryLimit);
  if (file.seen != base::Seen::ok) return std::nullopt;
  return strings_in(file.text);
}

}  // namespace evidence::probes
