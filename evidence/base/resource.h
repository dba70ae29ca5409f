#pragma once

#include <span>
#include <string_view>

namespace base {

/// A data file built into the program (cmake/embed.cmake); lives as long as the program.
struct Resource {
  std::string_view name;  ///< Path below the folder of its layer, e.g. "packs/fips-140-3/pack.xml".
  std::string_view bytes;
};

/// The bytes of the resource called `name`. Throws Error(internal) if there is none.
std::string_view find_resource(std::span<const Resource> resources, std::string_view name);

}  // namespace base
