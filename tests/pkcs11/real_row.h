#pragma once

#include "tests/pkcs11/real_system.h"

namespace tests {

/// A module of a real system and what is to be seen of it.
struct Row {
  std::string name, suite, module;
  Texts environment;
  std::string state, as;  // What of the targets it needs, and under which name below /tmp.
  std::string daemon;
  std::string description;                    // Of the library; "" if it does not get that far.
  int slots = 0, tokens = 0, mechanisms = 0;  // Mechanisms of the token that lists most.
  std::string error;  // Where a token or the module cannot be used, in the words of the evidence.
};

/// What C_Initialize of NSS wants for the databases in `folder`.
inline std::string nss_init_args(const std::string& folder) {
  return "configdir='sql:" + folder + "' certPrefix='' keyPrefix='' secmod='secmod.db' flags=";
}

/// The modules within reach, each through one way. How many mechanisms each lists was counted with
/// programs of its own suite by who set them up.
inline const std::vector<Row>& real_rows() {
  static const std::vector<Row> kRows = {
      {"softhsm2",
       "trixie",
       kDebianLibraries + "/softhsm/libsofthsm2.so",
       {"SOFTHSM2_CONF=/tmp/softhsm2.conf"},
       "softhsm2/tokens",
       "tokens",
       "",
       "Implementation of PKCS11",
       2,
       2,
       70,
       ""},
      {"nss-trixie",
       "trixie",
       kDebianLibraries + "/libsoftokn3.so",
       {"NSS_FIPS=0"},
       "nss-trixie/db",
       "db",
       "",
       "NSS Internal Crypto Services",
       2,
       2,
       230,
       ""},
      {"nss-trixie-fips",
       "trixie",
       kDebianLibraries + "/libsoftokn3.so",
       {"NSS_FIPS=1"},
       "nss-trixie-fips/db",
       "db",
       "",
       "NSS Internal Crypto Services",
       1,
       1,
       230,
       ""},
      {"nss-forky",
       "forky",
       kDebianLibraries + "/libsoftokn3.so",
       {"NSS_FIPS=0"},
       "nss-forky/db",
       "db",
       "",
       "NSS Internal Crypto Services",
       2,
       2,
       238,
       ""},
      {"nss-forky-fips",
       "forky",
       kDebianLibraries + "/libsoftokn3.so",
       {"NSS_FIPS=1"},
       "nss-forky-fips/db",
       "db",
       "",
       "NSS Internal Crypto Services",
       1,
       1,
       238,
       ""},
      {"nss-tampered",
       "trixie",
       "/tmp/lib/libsoftokn3.so",
       {"NSS_FIPS=1", "LD_LIBRARY_PATH=/tmp/lib"},
       "nss-tampered/lib",
       "lib",
       "",
       "",
       0,
       0,
       0,
       "returned CKR_DEVICE_ERROR"},
      {"opencryptoki-trixie",
       "trixie",
       kDebianLibraries + "/opencryptoki/libopencryptoki.so.0",
       {},
       "",
       "",
       "opencryptoki-trixie",
       "openCryptoki",
       1,
       1,
       94,
       ""},
      {"opencryptoki-forky",
       "forky",
       kDebianLibraries + "/opencryptoki/libopencryptoki.so.0",
       {},
       "",
       "",
       "opencryptoki-forky",
       "openCryptoki",
       1,
       1,
       175,
       ""},
      {"freehsm-fips",
       "forky",
       "/tmp/libfreehsm.so",
       {"OPENSSL_CONF=/tmp/openssl.cnf", "OPENSSL_MODULES=" + kDebianLibraries + "/ossl-modules",
        "FHSM_TOKENS_DIR=/tmp/tokens"},
       "freehsm/tokens",
       "tokens",
       "",
       "FreeHSM C (FIPS 140-3)",
       4,
       4,
       64,
       ""},
      {"tpm2-pkcs11",
       "trixie",
       kDebianLibraries + "/pkcs11/libtpm2_pkcs11.so",
       {"TPM2_PKCS11_TCTI=swtpm:host=127.0.0.1,port=42301", "TPM2_PKCS11_STORE=/tmp/store",
        "TSS2_LOG=all+NONE"},
       "tpm2-pkcs11",
       "store",
       "swtpm",
       "TPM2.0 Cryptoki",
       2,
       2,
       28,
       ""},
      {"smartcard",
       "trixie",
       kDebianLibraries + "/pkcs11/opensc-pkcs11.so",
       {},
       "",
       "",
       "smartcard",
       "OpenSC smartcard framework",
       2,
       0,
       0,
       "C_GetTokenInfo(slot 0) returned CKR_TOKEN_NOT_RECOGNIZED"},
      {"p11-kit-client",
       "trixie",
       kDebianLibraries + "/pkcs11/p11-kit-client.so",
       {"P11_KIT_SERVER_ADDRESS=unix:path=/run/p11/p11.sock"},
       "",
       "",
       "p11-kit-server",
       "PKCS#11 Kit Proxy Module",
       1,
       1,
       56,
       ""},
      {"p11-kit-client without a server",
       "trixie",
       kDebianLibraries + "/pkcs11/p11-kit-client.so",
       {"P11_KIT_SERVER_ADDRESS=unix:path=/tmp/nobody.sock"},
       "",
       "",
       "",
       "p11-kit (no connection)",
       0,
       0,
       0,
       "no token that was asked for is in any slot"},
      {"pkcs11-proxy",
       "trixie",
       "/usr/lib/libpkcs11-proxy.so.0",
       {"PKCS11_PROXY_SOCKET=tcp://127.0.0.1:42305"},
       "",
       "",
       "pkcs11-proxy",
       "Implementation of PKCS11",
       2,
       2,
       36,
       ""},
      {"p11-kit-trust",
       "trixie",
       kDebianLibraries + "/pkcs11/p11-kit-trust.so",
       {},
       "",
       "",
       "",
       "PKCS#11 Kit Trust Module",
       1,
       1,
       0,
       ""},
      {"nssckbi",
       "trixie",
       kDebianLibraries + "/libnssckbi.so",
       {},
       "",
       "",
       "",
       "NSS Builtin Object Cryptoki Modu",
       1,
       1,
       0,
       ""},
      {"pkcs11-spy",
       "trixie",
       kDebianLibraries + "/pkcs11-spy.so",
       {"PKCS11SPY=" + kDebianLibraries + "/softhsm/libsofthsm2.so",
        "SOFTHSM2_CONF=/tmp/softhsm2.conf"},
       "softhsm2/tokens",
       "tokens",
       "",
       "Implementation of PKCS11",
       2,
       2,
       70,
       ""},
      {"yubihsm",
       "trixie",
       kDebianLibraries + "/pkcs11/yubihsm_pkcs11.so",
       {"YUBIHSM_PKCS11_CONF=/tmp/yubihsm.conf"},
       "yubihsm.conf",
       "yubihsm.conf",
       "",
       "YubiHSM PKCS#11 Library",
       1,
       0,
       0,
       "no token that was asked for is in any slot"},
      {"ykcs11",
       "trixie",
       kDebianLibraries + "/libykcs11.so.2",
       {},
       "",
       "",
       "",
       "PKCS#11 PIV Library",
       0,
       0,
       0,
       "returned CKR_DEVICE_ERROR"},
      {"nethsm-offline",
       "forky",
       kDebianLibraries + "/pkcs11/libnethsm_pkcs11.so",
       {"P11NETHSM_CONFIG_FILE=/tmp/nethsm.conf"},
       "p11nethsm.conf",
       "nethsm.conf",
       "",
       "Nitrokey NetHsm PKCS#11 library",
       1,
       0,
       0,
       "C_GetTokenInfo(slot 0) returned CKR_FUNCTION_FAILED"},
  };
  return kRows;
}

/// The options with which its module finds its state.
inline Texts options_of(const Row& row) {
  Texts options;
  for (const std::string& variable : row.environment)
    options.insert(options.end(), {"--pkcs11-env", variable});
  if (row.name.starts_with("nss-"))
    options.insert(options.end(), {"--pkcs11-init-args", nss_init_args("/tmp/db")});
  return options;
}

/// Copies its state to a system.
inline void prepare(const RealSystem& system, const Row& row) {
  if (row.name == "freehsm-fips") return system.copy_freehsm();
  if (!row.state.empty()) system.copy(row.state, row.as);
  write(system.shared() + "/softhsm2.conf", "directories.tokendir = /tmp/tokens\n");
}

/// False, said loudly, if this machine lacks it.
inline bool is_there(const Row& row) {
  if (!row.state.empty() && !has_target("state/" + row.state)) return false;
  return row.module.starts_with("/tmp/") || has_target("roots/" + row.suite + row.module);
}

/// The one of that name.
inline const Row& real_row(const std::string& name) {
  for (const Row& row : real_rows())
    if (row.name == name) return row;
  throw std::runtime_error("no real module " + name);
}

}  // namespace tests
