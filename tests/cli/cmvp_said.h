#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/command.h"

namespace cli {
Command cmvp_command();
}

namespace cmvp_said {

/// What `assay cmvp` said, and its exit code.
struct Said {
  int code;
  std::string out, err;
};

inline Said run(const std::vector<std::string>& words,
                const std::map<std::string, std::vector<std::string>>& options = {}) {
  std::ostringstream out, err;
  cli::Terminal terminal{out, err};
  const int code = cli::cmvp_command().run(cli::Invocation(options, words), terminal);
  return {code, out.str(), err.str()};
}

inline bool says(const Said& said, const std::string& text) {
  return said.out.find(text) != std::string::npos;
}

}  // namespace cmvp_said
