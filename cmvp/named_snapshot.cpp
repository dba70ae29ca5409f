#include "cmvp/named_snapshot.h"

#include "cmvp/snapshot.h"
#include "cmvp/store.h"
#include "evidence/base/error.h"

namespace cmvp {
namespace {

constexpr std::size_t kSnapshotLimit = std::size_t{256} << 20U;
constexpr std::string_view kText = ".csv";

std::string text_of(const base::Host& host, const std::string& file) {
  base::FileText read = host.read_file(file, kSnapshotLimit);
  if (read.seen == base::Seen::ok) return std::move(read.text);
  throw base::Error(base::ErrorKind::input,
                    file + ": " + (read.seen == base::Seen::absent ? "no such file" : read.reason));
}

}  // namespace

base::Database named_snapshot(const base::Host& host, const std::string& name) {
  if (!name.ends_with(kText)) return choose_snapshot(host, name, "");
  const std::string header = name.substr(0, name.size() - kText.size()) + ".txt";
  base::Database built = base::Database::in_memory();
  build_snapshot(read_header(text_of(host, header), header), text_of(host, name), name, built);
  return built;
}

}  // namespace cmvp
