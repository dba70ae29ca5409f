#include "cmvp/store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>

#include "cmvp/built_in.h"
#include "evidence/base/digest.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

using base::ErrorKind;

constexpr std::string_view kEnding = ".db";
// A stored snapshot is a database image with a line at its end: this word and the image's digest.
constexpr std::string_view kMark = "assay snapshot 1 sha256:";
constexpr std::size_t kTrailer = kMark.size() + 64 + 1;
constexpr std::size_t kFileLimit = std::size_t{1} << 30U;

std::string folder_of_snapshots(const std::string& folder) { return folder + "/snapshots"; }

[[noreturn]] void damaged(const std::string& file, const std::string& why) {
  throw base::Error(ErrorKind::input, file + ": " + why +
                                          "; remove it and import it again (assay cmvp import), or "
                                          "use --snapshot built-in");
}

std::string schema_of(const base::Database& db) {
  std::string schema;
  auto row =
      db.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name");
  while (row.step()) schema += row.text(0) + " " + row.text(1) + " " + row.text(2) + "\n";
  return schema;
}

const std::string& expected_schema() {
  static const std::string schema = [] {
    base::Database db = base::Database::in_memory();
    create_snapshot_tables(db);
    return schema_of(db);
  }();
  return schema;
}

[[noreturn]] void cannot_write(const std::string& file) {
  throw base::Error(ErrorKind::environment,
                    file + ": cannot be written; set ASSAY_DATA to a folder that can");
}

// Adds the trailer to the image in `file` and puts all of it on the disk.
void seal(const std::string& file) {
  base::Sha256 digest;
  {
    std::ifstream stream(file, std::ios::binary);
    std::string piece(std::size_t{1} << 20U, '\0');
    while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
           stream.gcount() > 0)
      digest.add(std::string_view(piece).substr(0, static_cast<std::size_t>(stream.gcount())));
    if (!stream.eof()) cannot_write(file);
  }
  std::ofstream stream(file, std::ios::binary | std::ios::app);
  stream << kMark << digest.finish() << '\n';
  stream.close();
  if (!stream) cannot_write(file);
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
  if (descriptor >= 0) close(descriptor);
  if (!synced) cannot_write(file);
}

std::optional<HeldSnapshot> newest(const std::vector<HeldSnapshot>& held,
                                   const std::string& as_of) {
  std::optional<HeldSnapshot> result;
  for (const HeldSnapshot& each : held)
    if (as_of.empty() || each.taken_at <= as_of) result = each;
  return result;
}

base::Database chosen_by_date(const base::Host& host, const std::vector<HeldSnapshot>& held,
                              const std::string& as_of) {
  base::Database built_in = built_in_snapshot();
  const std::string built_in_day = snapshot_info(built_in).taken_at;
  const auto candidate = newest(held, as_of);
  const bool built_in_counts = as_of.empty() || built_in_day <= as_of;
  if (!candidate || (built_in_counts && built_in_day > candidate->taken_at)) return built_in;
  return open_snapshot(host, candidate->file);
}

// The folder is only asked for where it is needed: a machine without a home has the built-in one.
std::vector<HeldSnapshot> all_held(const base::Host& host) {
  const bool has_folder = host.environment("ASSAY_DATA") || host.environment("XDG_DATA_HOME") ||
                          host.environment("HOME");
  if (!has_folder) return {};
  return held_snapshots(host, data_folder(host));
}

// Removes what imports left that were killed: parts named after a process that is no more.
void remove_leftovers(const std::string& place) {
  constexpr std::string_view kPart = ".part";
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(place, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(kPart)) continue;
    const std::string_view stem = std::string_view(name).substr(0, name.size() - kPart.size());
    const auto dot = stem.rfind('.');
    const auto process =
        dot == std::string_view::npos ? std::nullopt : base::parse_integer(stem.substr(dot + 1));
    if (!process || *process < 1 || *process > std::numeric_limits<pid_t>::max()) continue;
    if (kill(static_cast<pid_t>(*process), 0) != 0 && errno == ESRCH)
      std::filesystem::remove(entry.path(), error);
  }
}

}  // namespace

std::string data_folder(const base::Host& host) {
  const auto set = [&](const char* name) { return host.environment(name).value_or(""); };
  if (const std::string own = set("ASSAY_DATA"); !own.empty()) return own;
  if (const std::string data = set("XDG_DATA_HOME"); !data.empty()) return data + "/assay";
  if (const std::string home = set("HOME"); !home.empty()) return home + "/.local/share/assay";
  throw base::Error(ErrorKind::environment,
                    "there is no folder for data; set ASSAY_DATA to a folder that can be written");
}

std::vector<HeldSnapshot> held_snapshots(const base::Host& host, const std::string& folder) {
  const std::string place = folder_of_snapshots(folder);
  const base::Listing listing = host.list_folder(place);
  if (listing.seen == base::Seen::unreadable)
    throw base::Error(ErrorKind::environment, place + ": " + listing.reason);
  std::vector<HeldSnapshot> held;
  for (const std::string& name : listing.names) {
    if (!name.ends_with(kEnding)) continue;
    const std::string day = name.substr(0, name.size() - kEnding.size());
    if (base::parse_date(day)) held.push_back({place + "/" + name, day});
  }
  return held;
}

base::Database open_snapshot(const base::Host& host, const std::string& file) {
  const base::FileText text = host.read_file(file, kFileLimit);
  if (text.seen == base::Seen::absent)
    throw base::Error(ErrorKind::usage,
                      file + ": no such snapshot; assay cmvp list shows which there are");
  if (text.seen != base::Seen::ok)
    throw base::Error(ErrorKind::environment, file + ": " + text.reason);
  const std::string_view bytes = text.text;
  if (bytes.size() <= kTrailer || !bytes.substr(bytes.size() - kTrailer).starts_with(kMark))
    damaged(file, "no snapshot of assay, or cut short");
  const std::string_view image = bytes.substr(0, bytes.size() - kTrailer);
  if (bytes.substr(bytes.size() - 65, 64) != base::sha256(image))
    damaged(file, "damaged, its digest is another");
  base::Database db = base::Database::in_memory();
  try {
    db.copy_from(base::Database::view(image));
    if (schema_of(db) != expected_schema()) damaged(file, "made by another version of assay");
    snapshot_info(db);
  } catch (const base::Error& error) {
    if (std::string(error.what()).starts_with(file)) throw;
    damaged(file, error.what());
  }
  return db;
}

std::string store_snapshot(const std::string& folder, const SnapshotContents& contents) {
  const std::string place = folder_of_snapshots(folder);
  std::error_code error;
  std::filesystem::create_directories(place, error);
  if (error) cannot_write(place);
  remove_leftovers(place);
  const std::string file = place + "/" + contents.header.taken_at + std::string(kEnding);
  const std::string part = file + "." + std::to_string(getpid()) + ".part";
  std::remove(part.c_str());
  try {
    {
      base::Database db = base::Database::create(part);
      // What breaks off leaves only a part that does not count.
      db.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
      build_snapshot(contents, db);
    }
    seal(part);
    std::filesystem::rename(part, file, error);
    if (error) cannot_write(file);
  } catch (const base::Error&) {
    std::remove(part.c_str());
    throw;
  }
  return file;
}

base::Database choose_snapshot(const base::Host& host, const std::optional<std::string>& wanted,
                               const std::string& as_of) {
  if (wanted == "built-in") return built_in_snapshot();
  if (wanted && !base::parse_date(*wanted)) return open_snapshot(host, *wanted);
  const auto held = all_held(host);
  if (!wanted) return chosen_by_date(host, held, as_of);
  for (const HeldSnapshot& each : held)
    if (each.taken_at == *wanted) return open_snapshot(host, each.file);
  base::Database built_in = built_in_snapshot();
  if (snapshot_info(built_in).taken_at == *wanted) return built_in;
  throw base::Error(ErrorKind::usage, "there is no snapshot of " + *wanted +
                                          "; assay cmvp list shows which there are");
}

std::optional<SnapshotContents> known_before(const base::Host& host, const std::string& day) {
  const base::Database chosen = chosen_by_date(host, all_held(host), day);
  SnapshotContents contents = read_snapshot(chosen);
  if (contents.header.taken_at > day) return std::nullopt;
  return contents;
}

}  // namespace cmvp
