#pragma once

#include "evidence/isolate.h"
#include "evidence/probes/pkcs11_process.h"

namespace evidence::probes {

/// Where an evidence database is being written and how long a child may take.
struct SlotReading {
  const base::Host& host;
  base::ChildLimits limits;
  base::Database& db;
  std::int64_t run = 0;
  std::int64_t time = 0;  ///< Seconds since 1970.
};

/// Reads the slots of `target` that the process which listed them left to others (column apart of
/// pkcs11_slot_list), each in a process of its own, some of them at the same time, and merges what
/// they recorded in the order of the list. A slot that could not be read beside others, or whose
/// token has the name of another one's, is read once more by itself.
void read_slots_apart(const SlotReading& reading, const Pkcs11Target& target);

}  // namespace evidence::probes
