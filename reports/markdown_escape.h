#pragma once

#include <string>
#include <string_view>

namespace reports {

/// `text` as Markdown (CommonMark with the extensions of code hosts) that shows just that text: no
/// markup, HTML, link, image, mention, reference to an issue or formula comes of it. On one line,
/// unless `line_break` stands for a line end.
std::string markdown_text(std::string_view text, std::string_view line_break = " ");

}  // namespace reports
