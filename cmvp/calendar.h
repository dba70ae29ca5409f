#pragma once

#include <span>
#include <string>

#include "cmvp/watch.h"

namespace cmvp {

/// Sunset dates as an iCalendar object (RFC 5545): an all-day event for each certificate. The
/// identifier of an event depends on the certificate number alone, so that a calendar moves the
/// event where the date moved. There is no clock: events are stamped with `stamp`, YYYY-MM-DD, the
/// day of the snapshot. The same input gives the same bytes.
std::string sunset_calendar(std::span<const Sunset> sunsets, const std::string& stamp);

}  // namespace cmvp
