#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace evidence::probes {

/// What a token must be to be looked at: attributes of RFC 7512 that are all to be met. A token
/// that names no attribute is any token.
struct TokenFilter {
  std::string token, serial, manufacturer, model;  ///< "" for any.
  std::string slot;                                ///< Decimal number of the slot; "" for any.

  /// The filter as the path of a PKCS #11 URI, in a fixed order; "" if it asks for nothing.
  std::string text() const;
};

/// A PKCS #11 module to look at.
struct Pkcs11Target {
  std::string module_path;  ///< As the target names it; "" for what p11-kit has registered.
  std::string module_name;  ///< Of a registered module; "" for all of them.
  TokenFilter filter;
  std::string pin_source;  ///< Where the URI says that the PIN stands; "" for nowhere.
  bool objects = false;    ///< Open a session with each token and read its objects.
  std::string init_args;   ///< Text for pReserved of C_Initialize; "" for none.
  /// The function of the library that gives the list of all others: a vendor may have more than
  /// one.
  std::string entry_point = "C_GetFunctionList";
  bool chroot = false;                   ///< Load it inside of its root, which takes privileges.
  std::vector<std::string> environment;  ///< NAME=value, what the module gets besides.
};

/// True if `word` is meant as a PKCS #11 module: a URI "pkcs11:…", or the name of a shared library.
bool is_pkcs11_target(std::string_view word);

/// Reads a PKCS #11 URI (RFC 7512) or the bare path of a module. `module-path` is also taken before
/// the question mark. Attributes that name an object are taken and not used.
/// A URI without `module-path` means the modules that p11-kit has registered, the one with
/// `module-name` if it has that. Throws Error(usage) for a URI that holds a PIN, or that asks for
/// something that would not be heeded.
Pkcs11Target parse_pkcs11_target(std::string_view word);

/// `text` as a value of a PKCS #11 URI: what may not stand there as two hexadecimal digits after %.
std::string percent_encoded(std::string_view text);

}  // namespace evidence::probes
