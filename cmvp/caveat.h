#pragma once

#include <string>
#include <string_view>

namespace cmvp {

/// What a caveat flag asks or says, in words; the flag itself with spaces if it is not known.
std::string caveat_words(std::string_view flag);

}  // namespace cmvp
