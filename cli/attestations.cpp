#include "cli/attestations.h"

#include <filesystem>

#include "evidence/base/digest.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"

namespace cli {
namespace {

using base::Seen;
using rules::DocumentCheck;

constexpr std::size_t kDocumentLimit = std::size_t{256} << 20U;

std::string text_of(const std::string& file) {
  const base::FileText read = base::SystemHost().read_file(file);
  if (read.seen == Seen::ok) return read.text;
  throw base::Error(base::ErrorKind::input,
                    file + ": the file of attestations cannot be read (" +
                        (read.seen == Seen::absent ? "no such file" : read.reason) +
                        "); name another one with --attestations");
}

void compare_document(rules::Attestation& one) {
  if (one.document_file.empty()) return;
  const auto path = std::filesystem::path(one.file).parent_path() / one.document_file;
  const base::FileText read = base::SystemHost().read_file(path.string(), kDocumentLimit);
  if (read.seen != Seen::ok) {
    one.check = DocumentCheck::not_read;
    one.check_words = read.seen == Seen::absent ? "no such file" : read.reason;
    return;
  }
  const std::string digest = base::sha256(read.text);
  one.check = digest == one.sha256 ? DocumentCheck::same : DocumentCheck::other;
  one.check_words = digest;
}

}  // namespace

std::vector<rules::Attestation> attestations_of(const Invocation& invocation) {
  std::vector<rules::Attestation> all;
  for (const std::string& file : invocation.values("attestations"))
    for (rules::Attestation& one : rules::read_attestations(text_of(file), file)) {
      compare_document(one);
      all.push_back(std::move(one));
    }
  return all;
}

}  // namespace cli
