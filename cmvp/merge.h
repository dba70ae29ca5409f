#pragma once

#include <string>
#include <vector>

#include "cmvp/certificate.h"
#include "cmvp/list_page.h"
#include "cmvp/snapshot.h"

namespace cmvp {

/// What the files of an import brought, before it is joined with what was known.
struct Gathered {
  std::vector<ListPage> lists;
  std::vector<Certificate> pages;  ///< Of certificate pages.
  std::vector<Certificate> feed;   ///< Of JSON feeds.
};

/// Whom to believe: the search list, then the certificate page, then what was known before, then a
/// feed of the same day; a feed is only believed where it is newer than what was known.
struct Merge {
  std::vector<Certificate> certificates;    ///< By number.
  std::vector<std::string> contradictions;  ///< Sources that say different things, and who won.
  std::vector<RejectedRecord> rejected;     ///< Records that lost altogether.
};

/// Joins `known`, certificates of an older snapshot, with what was gathered on `taken_at`
/// (YYYY-MM-DD). A certificate that a complete list no longer has gets the status "unknown". Throws
/// Error(input) if a list has less than half of the certificates that were known of its status,
/// unless `accept_shrink`.
Merge merge(const std::vector<Certificate>& known, Gathered gathered, const std::string& taken_at,
            bool accept_shrink);

/// What two snapshots say differently of the same certificate: its status on the same day, its name
/// or its standard. At most `limit` sentences.
std::vector<std::string> contradictions(const SnapshotContents& a, const SnapshotContents& b,
                                        std::size_t limit);

}  // namespace cmvp
