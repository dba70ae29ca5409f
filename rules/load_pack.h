#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/host.h"
#include "evidence/base/signature.h"
#include "rules/pack.h"

namespace rules {

/// The file beside a pack that holds its detached signature. It is no part of the pack.
constexpr const char* kSignatureFile = "pack.sig";

/// How a pack is named: a built-in name, or a folder (with a slash in it), either with the digest
/// that it must have behind "@sha256:".
struct PackName {
  std::string place;
  std::string pin;  ///< 64 hexadecimal digits in small letters; "" if it is not pinned.
};

/// Takes `text` apart. Throws Error(usage) for a digest that is none.
PackName parse_pack_name(std::string_view text);

/// True if `name` names a folder and no built-in pack.
bool is_folder_name(const PackName& name);

/// The bytes that a signature of a pack with this digest is over: one line,
/// "assay-pack-1 sha256:<digest>".
std::string signed_text(const std::string& digest);

/// Whether the tests of a pack are wanted, too: judging does without those of a built-in one, and
/// is much faster for it.
enum class Tests { read, left_out };

/// Loads and reads the pack `text`. If there are `keys`, a pack from a folder must be signed by one
/// of them. Its origin says where it is from and what speaks for it. Throws Error(usage) for a name
/// that is none, Error(mismatch) for another digest or a signature that is missing or not by one of
/// the keys, Error(input) as `pack_files_in` and `read_pack`.
Pack load_pack(const base::Host& host, const std::string& text,
               const std::vector<base::PublicKey>& keys, Tests tests = Tests::read);

}  // namespace rules
