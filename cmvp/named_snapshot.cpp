#include "cmvp/named_snapshot.h"

#include "cmvp/built_in.h"
#include "cmvp/lookup.h"
#include "cmvp/snapshot.h"
#include "evidence/base/error.h"

namespace cmvp {
namespace {

constexpr std::size_t kSnapshotLimit = std::size_t{256} << 20U;
// Steps of SQLite's virtual machine that reading an image may take in all: an image from elsewhere
// can hold views that never end.
constexpr std::int64_t kImageSteps = 2'000'000'000;
constexpr std::string_view kText = ".csv";

std::string text_of(const base::Host& host, const std::string& file) {
  base::FileText read = host.read_file(file, kSnapshotLimit);
  if (read.seen == base::Seen::ok) return std::move(read.text);
  throw base::Error(base::ErrorKind::input,
                    file + ": " + (read.seen == base::Seen::absent ? "no such file" : read.reason));
}

}  // namespace

base::Database named_snapshot(const base::Host& host, const std::string& name) {
  if (name == "built-in") return built_in_snapshot();
  if (!name.ends_with(kText)) {
    base::Database image = base::Database::open_read_only(host.outside(name));
    image.restrict_to_reading(kImageSteps);
    snapshot_info(image);
    return image;
  }
  const std::string header = name.substr(0, name.size() - kText.size()) + ".txt";
  base::Database built = base::Database::in_memory();
  build_snapshot(read_header(text_of(host, header), header), text_of(host, name), name, built);
  return built;
}

}  // namespace cmvp
