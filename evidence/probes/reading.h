#pragma once

#include <string>

#include "evidence/recorder.h"

namespace evidence::probes {

/// A file of a machine that need not be the one of the recorder.
struct Reading {
  Source source;
  std::string text;
};

/// Reads `place.locator` on `machine` and puts on record what came of it, as Recorder::file does.
inline Reading read_on(Recorder& record, const base::Host& machine, const Place& place) {
  Reading reading{record.source(place), {}};
  base::FileText file = machine.read_file(place.locator);
  if (file.seen == base::Seen::absent) reading.source.absent("no such file");
  if (file.seen == base::Seen::unreadable) reading.source.unreadable(file.reason);
  reading.text = std::move(file.text);
  return reading;
}

}  // namespace evidence::probes
