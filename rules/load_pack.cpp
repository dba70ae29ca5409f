#include "rules/load_pack.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/pack_image.h"

namespace rules {
namespace {

using base::ErrorKind;

constexpr std::size_t kSignatureLimit = 4096;
constexpr std::size_t kDigestLength = 64;

bool is_digest(const std::string& text) {
  return text.size() == kDigestLength && text.find_first_not_of("0123456789abcdef") == text.npos;
}

void check_pin(const Pack& pack, const PackName& name) {
  if (name.pin.empty() || name.pin == pack.digest) return;
  throw base::Error(ErrorKind::mismatch,
                    "rule pack " + name.place + " has the digest sha256:" + pack.digest +
                        ", not the one it is pinned to; look at what changed, then pin it anew");
}

// The key that signed the pack in `folder`.
const base::PublicKey& signer(const base::Host& host, const std::string& folder, const Pack& pack,
                              const std::vector<base::PublicKey>& keys) {
  const std::string path = folder + "/" + kSignatureFile;
  const base::FileText signature = host.read_file(path, kSignatureLimit);
  if (signature.seen != base::Seen::ok)
    throw base::Error(
        ErrorKind::mismatch,
        "rule pack " + folder + " is not signed: " + path + " " +
            (signature.seen == base::Seen::absent ? "is not there" : "cannot be read") +
            "; sign it (docs/rules-guide.md), or leave --pack-key out");
  for (const base::PublicKey& key : keys)
    if (base::verifies(key, signed_text(pack.digest), signature.text)) return key;
  throw base::Error(ErrorKind::mismatch,
                    path + ": no signature over this pack (sha256:" + pack.digest +
                        ") by a key that was given; find out who changed the pack");
}

Pack read_named(const base::Host& host, const PackName& name, Tests tests) {
  if (is_folder_name(name)) return read_pack(pack_files_in(host, name.place));
  if (tests == Tests::left_out) return built_in_pack_without_tests(name.place);
  return read_pack(built_in_pack_files(name.place));
}

}  // namespace

PackName parse_pack_name(std::string_view text) {
  constexpr std::string_view kPin = "@sha256:";
  const auto at = text.rfind(kPin);
  if (at == text.npos) return {std::string(text), ""};
  PackName name{std::string(text.substr(0, at)), base::lower(text.substr(at + kPin.size()))};
  if (!is_digest(name.pin))
    throw base::Error(ErrorKind::usage, "--pack " + std::string(text) +
                                            ": sha256: wants 64 hexadecimal digits; "
                                            "assay rules digest --pack " +
                                            name.place + " prints them");
  return name;
}

bool is_folder_name(const PackName& name) { return name.place.find('/') != std::string::npos; }

std::string signed_text(const std::string& digest) {
  return "assay-pack-1 sha256:" + digest + "\n";
}

Pack load_pack(const base::Host& host, const std::string& text,
               const std::vector<base::PublicKey>& keys, Tests tests) {
  const PackName name = parse_pack_name(text);
  const bool folder = is_folder_name(name);
  Pack pack = read_named(host, name, tests);
  check_pin(pack, name);
  pack.built_in = !folder;
  pack.origin = folder ? "from a folder" : "built in";
  if (!name.pin.empty()) pack.origin += ", pinned";
  if (folder && !keys.empty())
    pack.origin += ", signed by key sha256:" + signer(host, name.place, pack, keys).fingerprint;
  else if (folder && name.pin.empty())
    pack.origin += ", neither pinned nor signed";
  return pack;
}

}  // namespace rules
