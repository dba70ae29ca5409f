#pragma once

#include <map>
#include <string>
#include <vector>

#include "cmvp/import.h"
#include "cmvp/page.h"

namespace cmvp {

/// The value elements of a NIST page by their label in small letters. A row is a label and its
/// value, and the label is bare or in a span, so that only its text counts.
using Labels = std::map<std::string, Element>;

Labels labels_of(const Page& page);

/// The value under `label` as one line. "" if there is none or if it is too long to believe, which
/// is noted in `left_out`.
std::string labelled_text(const Labels& labels, const std::string& label,
                          std::vector<LineNote>& left_out);

}  // namespace cmvp
