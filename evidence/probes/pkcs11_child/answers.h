#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evidence/probes/pkcs11_child/guarded.h"
#include "evidence/probes/pkcs11_child/session.h"

namespace evidence::probes::pkcs11_child {

// Nothing that a module answers is trusted: lengths, counts, texts and numbers come through here.

/// "major.minor". Minor versions of libraries and devices are hundredths (PKCS #11, CK_VERSION), so
/// two digits are kept as they are: 2.1 is recorded as "2.1", 2.40 as "2.40".
std::string version_text(const drivers::cryptoki::CK_VERSION& version);

/// A text of fixed length without the blanks it is padded with, as printable UTF-8. What is odd
/// about it is recorded under the call `what` and the name of the `field`.
std::string fixed_text(const Session& session, const std::string& what, const std::string& field,
                       std::span<const drivers::cryptoki::CK_UTF8CHAR> bytes);

/// A number as evidence holds it: NULL where the module says that the information is unavailable,
/// the largest number of evidence where it is larger.
base::Value number(drivers::cryptoki::CK_ULONG value);

/// 1 or 0.
base::Value flag(drivers::cryptoki::CK_FLAGS flags, drivers::cryptoki::CK_FLAGS bit);

/// Records that the module wrote behind a structure that it was given to fill.
template <class Info>
void note_overrun(const Session& session, const std::string& what, const Guarded<Info>& info) {
  if (const std::size_t bytes = info.overrun(); bytes > 0)
    session.odd(what,
                "it wrote " + std::to_string(bytes) + " bytes past the structure it was given");
}

/// The result of asking a module for a list: empty with the reason if it gave none.
struct ListAnswer {
  std::vector<drivers::cryptoki::CK_ULONG> values;
  std::optional<drivers::cryptoki::CK_RV> failure;
};

/// Asks for a list in the standard's two calls: how many, then the values. At most `limit` of them
/// are taken; a count that changes, or that is not true, is recorded as odd under the call `what`.
ListAnswer ask_list(
    const Session& session, const std::string& what, std::size_t limit,
    const std::function<drivers::cryptoki::CK_RV(drivers::cryptoki::CK_ULONG* list,
                                                 drivers::cryptoki::CK_ULONG* count)>& function);

}  // namespace evidence::probes::pkcs11_child
