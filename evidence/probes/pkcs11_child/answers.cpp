#include "evidence/probes/pkcs11_child/answers.h"

#include <algorithm>
#include <limits>

#include "evidence/base/text.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr std::size_t kRoomForGrowth = 16;
constexpr std::size_t kZone = 512;  // Behind the room that the module is given.
constexpr int kTries = 3;

// A value that no list holds: what the module did not write keeps it.
constexpr CK_ULONG kUnwritten = CK_UNAVAILABLE_INFORMATION;

std::string count_words(CK_ULONG count) {
  return count == CK_UNAVAILABLE_INFORMATION ? "no count at all" : std::to_string(count);
}

void drop_unwritten(const Session& session, const std::string& what,
                    std::vector<CK_ULONG>& values) {
  const auto before = values.size();
  std::erase(values, kUnwritten);
  if (values.size() == before) return;
  session.odd(what, "of " + std::to_string(before) + " values that the module says it gave, " +
                        std::to_string(before - values.size()) + " were never written");
}

// Records values written behind the `room` that the module was told of.
void note_overrun(const Session& session, const std::string& what,
                  const std::vector<CK_ULONG>& values, std::size_t room) {
  const auto end = values.begin() + static_cast<std::ptrdiff_t>(room);
  if (std::all_of(end, values.end(), [](CK_ULONG value) { return value == kUnwritten; })) return;
  session.odd(what,
              "it wrote past the room for " + std::to_string(room) + " values that it was given");
}

}  // namespace

std::string version_text(const CK_VERSION& version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

std::string fixed_text(const Session& session, const std::string& what, const std::string& field,
                       std::span<const CK_UTF8CHAR> bytes) {
  std::string text(bytes.begin(), bytes.end());
  if (const auto nul = text.find('\0'); nul != std::string::npos) {
    session.odd(what, field + " holds a NUL byte instead of being padded with blanks");
    text.resize(nul);
  }
  while (text.ends_with(' ')) text.pop_back();
  std::string printable = base::printable(text);
  if (printable != text) session.odd(what, field + " is no printable UTF-8 text");
  return printable;
}

base::Value number(CK_ULONG value) {
  constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
  if (value == CK_UNAVAILABLE_INFORMATION) return nullptr;
  return static_cast<std::int64_t>(std::min<CK_ULONG>(value, kLargest));
}

base::Value flag(CK_FLAGS flags, CK_FLAGS bit) { return std::int64_t{(flags & bit) != 0 ? 1 : 0}; }

ListAnswer ask_list(const Session& session, const std::string& what, std::size_t limit,
                    const std::function<CK_RV(CK_ULONG*, CK_ULONG*)>& function) {
  CK_ULONG announced = 0;
  if (const CK_RV result = function(nullptr, &announced); result != CKR_OK) return {{}, result};
  std::size_t room = std::min<std::size_t>(announced, limit) + kRoomForGrowth;
  std::vector<CK_ULONG> values;
  CK_ULONG given = 0;
  CK_RV result = CKR_BUFFER_TOO_SMALL;
  for (int i = 0; i < kTries && result == CKR_BUFFER_TOO_SMALL; ++i) {
    values.assign(room + kZone, kUnwritten);
    given = room;
    result = function(values.data(), &given);
    note_overrun(session, what, values, room);
    values.resize(room);
    room = std::min<std::size_t>(given, limit) + kRoomForGrowth;
  }
  if (result != CKR_OK) return {{}, result};
  if (given != announced)
    session.odd(what, "the count was " + count_words(announced) + " when asked for it and " +
                          count_words(given) + " when the values were given");
  values.resize(std::min<std::size_t>({given, values.size(), limit}), kUnwritten);
  if (given > values.size())
    session.odd(what, "more values are announced than were taken: " + count_words(given) + ", " +
                          std::to_string(values.size()) + " taken");
  drop_unwritten(session, what, values);
  return {std::move(values), std::nullopt};
}

}  // namespace evidence::probes::pkcs11_child
