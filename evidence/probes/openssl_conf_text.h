#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace evidence::probes {

// What characters mean in an OpenSSL configuration (crypto/conf/conf_def.h of OpenSSL 3).

/// White space between the parts of a line.
bool white(char c);

/// A mark that opens and closes quoted text.
bool quote(char c);

/// A letter, a digit or "_": what the name of a variable is made of.
bool word(char c);

/// What the name of a setting or a section may hold beyond that.
bool punctuation(char c);

/// Where the white space that begins at `at` ends.
std::size_t skip_white(const std::string& text, std::size_t at);

/// `text` without white space at its end.
std::string without_white_end(std::string text);

/// `text` up to the "#" that begins a comment.
std::string without_comment(std::string text);

/// What the value of a pragma says: on or true, off or false, or nothing of it.
std::optional<bool> switch_word(std::string_view text);

/// True for the name of a file that an included folder contributes.
bool configuration_name(const std::string& name);

/// What a backslash before `c` stands for.
char escaped(char c);

}  // namespace evidence::probes
