#include <array>

#include "evidence/pkcs11_object_columns.h"
#include "evidence/table.h"

namespace evidence {
namespace {

constexpr auto kText = Type::text;
constexpr auto kInteger = Type::integer;

constexpr Column kOperatingSystem[] = {
    {"host", kText, "subject: always \"host\""},
    {"id", kText, "ID of os-release(5), e.g. debian"},
    {"version_id", kText, "VERSION_ID of os-release(5), e.g. 12"},
    {"name", kText, "PRETTY_NAME of os-release(5)"},
    {"host_name", kText, "name of the machine, or of the root folder that was looked at"},
};
constexpr Column kKernel[] = {
    {"host", kText, "subject: always \"host\""},
    {"release", kText, "release of the running kernel, as uname -r"},
    {"architecture", kText, "machine architecture, as uname -m"},
    {"fips_enabled", kInteger,
     "/proc/sys/crypto/fips_enabled: 1, 0, or NULL where the kernel has no such file"},
};
constexpr Column kProcessor[] = {
    {"host", kText, "subject: always \"host\""},
    {"vendor", kText, "vendor_id of /proc/cpuinfo"},
    {"model", kText, "model name of /proc/cpuinfo"},
    {"logical_processors", kInteger, "count of logical processors"},
};
constexpr Column kProcessorFeature[] = {
    {"host", kText, "subject: always \"host\""},
    {"feature", kText, "flag of /proc/cpuinfo, e.g. aes, sha_ni"},
    {"present", kInteger, "1 if the processor lists it"},
    {"accelerates", kText,
     "which algorithms use it: what CMVP calls processor algorithm acceleration (PAA)"},
};
constexpr Column kVirtualization[] = {
    {"host", kText, "subject: always \"host\""},
    {"hypervisor", kText, "name of the hypervisor, \"none\", or \"unnamed\""},
    {"container", kText, "kind of container this runs in, or \"none\""},
    {"indication", kText, "the file or flag that shows it"},
};
constexpr Column kLibcrypto[] = {
    {"library", kText, "subject: path of the library, links resolved"},
    {"preferred", kInteger,
     "1 for the one that the dynamic loader gives a program that asks for libcrypto"},
    {"version", kText, "run-time version, e.g. 3.0.19; NULL if it could not be loaded"},
    {"version_text", kText, "version sentence with its date"},
    {"built_on", kText, "build date as the library tells it"},
    {"platform", kText, "build platform as the library tells it"},
    {"compiler", kText, "compiler and options as the library tells them"},
    {"openssldir", kText, "compiled-in OPENSSLDIR, where openssl.cnf is"},
    {"modulesdir", kText, "compiled-in MODULESDIR, where providers are"},
    {"cpu_settings", kText, "processor features that the library uses (CPUINFO)"},
    {"seed_source", kText, "seeding source as the library tells it"},
};
constexpr Column kLibraryFile[] = {
    {"library", kText, "subject: path of the library, links resolved"},
    {"soname", kText, "name that programs ask the dynamic loader for, e.g. libcrypto.so.3"},
    {"preferred", kInteger, "1 for the one that the dynamic loader gives for that name"},
    {"openssldir", kText, "OPENSSLDIR found in the file"},
    {"modulesdir", kText, "MODULESDIR found in the file"},
    {"sha256", kText, "SHA-256 of the file, lower-case hexadecimal"},
    {"package", kText, "package that owns the file, NULL if none does"},
    {"package_version", kText, "version of that package"},
};
constexpr Column kOpensslConfiguration[] = {
    {"host", kText, "subject: always \"host\""},
    {"file", kText, "the configuration file that OpenSSL reads, as the target names it"},
    {"chosen_by", kText, "OPENSSL_CONF, or OPENSSLDIR when that is not set"},
    {"modules_folder", kText, "folder that providers are loaded from"},
    {"modules_chosen_by", kText, "OPENSSL_MODULES, or MODULESDIR when that is not set"},
    {"init_section", kText, "section named by openssl_conf, NULL if none is"},
    {"provider_section", kText, "section named by providers, NULL if none is"},
    {"default_properties", kText, "default_properties of the algorithm section, NULL if not set"},
    {"default_properties_line", kInteger, "line of that setting in default_properties_file"},
    {"default_properties_file", kText, "file of that setting"},
    {"config_diagnostics", kInteger, "1 if configuration errors are fatal, else 0"},
};
constexpr Column kOpensslSetting[] = {
    {"host", kText, "subject: always \"host\""},
    {"position", kInteger, "order in which OpenSSL reads the settings, from 1"},
    {"file", kText, "file that holds the setting"},
    {"line", kInteger, "line in that file, from 1"},
    {"section", kText, "section, \"default\" before the first one"},
    {"name", kText, "name of the setting"},
    {"value", kText, "its value, variables expanded"},
};
constexpr Column kOpensslConfigurationProblem[] = {
    {"host", kText, "subject: always \"host\""},
    {"file", kText, "file that holds the problem"},
    {"line", kInteger, "line in that file, NULL if it is about the file as a whole"},
    {"problem", kText, "what is wrong"},
    {"silent", kInteger, "1 if OpenSSL goes on without a word, leaving the section out"},
    {"concerns_fips", kInteger, "1 if what is lost is the FIPS provider or its settings"},
};
constexpr Column kFipsSetting[] = {
    {"module", kText, "subject: the FIPS provider, e.g. openssl:fips"},
    {"setting", kText, "key of fipsmodule.cnf"},
    {"known", kInteger, "1 if this version of the provider knows the key"},
    {"present", kInteger, "1 if the configuration sets it"},
    {"value", kText, "value that is set"},
    {"file", kText, "file that sets it"},
    {"line", kInteger, "line in that file"},
    {"compiled_default", kText,
     "what this version takes when the key is absent, NULL where it has none"},
    {"effective", kText, "the value in force: set, else compiled default"},
    {"reported", kText, "what the loaded provider itself says (3.4 and later tell most of them)"},
    {"strict", kText,
     "the value that openssl fipsinstall -pedantic writes, NULL where the key is no policy"},
    {"kind", kText, "activation, integrity, policy or installation"},
};
constexpr Column kProviderFile[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"provider", kText, "provider name, the file name without .so"},
    {"path", kText, "path of the file, links resolved, as the target names it"},
    {"size", kInteger, "bytes"},
    {"sha256", kText, "SHA-256 of the file, lower-case hexadecimal"},
    {"package", kText, "package that owns the file, NULL if none does"},
    {"package_version", kText, "version of that package"},
    {"package_unknown", kText, "why no package database could tell the owner, NULL if one could"},
    {"owner", kInteger, "numeric user that owns the file"},
    {"mode", kInteger, "permission bits"},
    {"fips", kInteger,
     "1 if file name, configuration or contents say that it is a FIPS provider: a claim"},
    {"fips_shown_by", kText,
     "what says so: file name, configuration or contents; NULL if nothing does"},
};
constexpr Column kProvider[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"provider", kText, "name it is loaded by, e.g. fips"},
    {"library", kText, "libcrypto that loaded it"},
    {"name", kText, "name as it reports it"},
    {"version", kText, "version as it reports it"},
    {"build_info", kText, "build information as it reports it"},
    {"status", kInteger, "1 running, 0 in error, NULL if it does not tell"},
    {"active", kInteger, "1 if it is active in the default context of an ordinary program"},
    {"built_in", kInteger, "1 if it is a part of libcrypto and has no file"},
    {"path", kText, "file it was loaded from, NULL if built in"},
    {"fips", kInteger, "1 if it claims to be a FIPS provider"},
    {"load_error", kText, "first error of OpenSSL when it could not be loaded, NULL if it was"},
};
constexpr Column kProviderParameter[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"name", kText, "parameter as the provider names it, e.g. security-checks"},
    {"value", kText, "what the provider answers"},
};
constexpr Column kModuleIntegrity[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"way", kText, "recomputed (by us, the module not executed) or module (its own test at load)"},
    {"technique", kText, "e.g. HMAC-SHA-256"},
    {"recorded", kText, "value on record, lower-case hexadecimal; NULL if none is"},
    {"computed", kText, "value computed; NULL where the module tells only the result"},
    {"matches", kInteger,
     "1 equal or passed, 0 different or failed, NULL if there is nothing to compare"},
    {"file", kText, "file that holds the recorded value"},
    {"line", kInteger, "line in that file"},
};
constexpr Column kSelfTest[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"occasion", kText, "load, on demand, or use"},
    {"position", kInteger, "order within the run, from 1"},
    {"type", kText, "type as the module names it, e.g. KAT_Digest"},
    {"description", kText, "description as the module names it, e.g. SHA2"},
    {"phase", kText, "last phase seen: Start (never ended), Pass or Fail"},
    {"result", kText, "pass, fail, or none when it never ended"},
};
constexpr Column kAlgorithm[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"operation", kText,
     "digest, cipher, mac, kdf, rand, keymgmt, keyexch, signature, asym_cipher, kem, …"},
    {"name", kText, "first name"},
    {"names", kText, "all names, separated by colons"},
    {"properties", kText, "property definition as listed"},
    {"fips_claim", kInteger,
     "1 if the properties say fips=yes, 0 if fips=no, NULL if they do not say"},
    {"description", kText, "description as listed"},
    {"key_bits", kInteger, "key length in bits where the provider tells"},
    {"block_bits", kInteger, "block or output length in bits where the provider tells"},
};
constexpr Column kDefaultContext[] = {
    {"library", kText, "subject: the libcrypto that was loaded"},
    {"configuration_loaded", kInteger, "1 if OpenSSL loaded the configuration without an error"},
    {"error", kText, "first error of OpenSSL when loading it"},
    {"fips_by_default", kInteger, "1 if EVP_default_properties_is_fips_enabled() says so"},
    {"providers", kText, "names of the active providers, separated by spaces"},
};
constexpr Column kDefaultFetch[] = {
    {"library", kText, "the libcrypto that was loaded"},
    {"host", kText, "subject: always \"host\""},
    {"operation", kText, "kind of algorithm asked for"},
    {"algorithm", kText, "algorithm asked for with no property query"},
    {"fetched", kInteger, "1 if OpenSSL gave one"},
    {"performed", kInteger, "1 if it then did what it is for"},
    {"provider", kText, "provider that it came from"},
    {"error", kText, "first error of OpenSSL otherwise"},
};
constexpr Column kService[] = {
    {"module", kText, "subject: the module that served it, or was asked to"},
    {"context", kText,
     "default (a program that asks for nothing special) or module (asked by name)"},
    {"service", kText, "id of the service in the catalogue"},
    {"title", kText, "the service in words"},
    {"operation", kText,
     "digest, mac, cipher, aead, keygen, sign, verify, kem, agree, derive, wrap, random, …"},
    {"algorithm", kText, "algorithm asked for"},
    {"outcome", kText, "performed, refused, error or unsupported"},
    {"indicator", kText, "approved, not approved, undetermined, or none"},
    {"indicator_kind", kText, "explicit (fips-indicator), callback, implicit, or none"},
    {"provider", kText, "provider that served it"},
    {"reason", kText, "first error of OpenSSL when not performed"},
};
constexpr Column kTlsDefault[] = {
    {"host", kText, "subject: always \"host\""},
    {"library", kText, "the libcrypto beside which the libssl lies"},
    {"hello", kInteger, "1 if the client sent a ClientHello; it was sent to nobody"},
    {"error", kText, "first error of OpenSSL if it sent none"},
    {"min_version", kText,
     "lowest version that is set, e.g. 0x0303 for TLS 1.2; NULL for the lowest that there is"},
    {"max_version", kText, "highest version that is set; NULL for the highest that there is"},
    {"security_level", kInteger, "security level in force, 0 to 5"},
};
constexpr Column kTlsOffer[] = {
    {"host", kText, "subject: always \"host\""},
    {"library", kText, "the libcrypto beside which the libssl lies"},
    {"kind", kText, "version, cipher suite, group, key share, signature scheme or extension"},
    {"position", kInteger, "place in the list of the client, from 1"},
    {"code", kText, "code point of the IANA TLS registries, e.g. 0x1302"},
};
constexpr Column kLoadedObject[] = {
    {"library", kText, "the libcrypto whose assessment this was"},
    {"host", kText, "subject: always \"host\""},
    {"path", kText, "file mapped into the assessing process"},
    {"inside_root", kInteger, "1 if it belongs to the system that is looked at"},
};
constexpr Column kPkcs11Module[] = {
    {"module", kText, "subject: \"pkcs11:\" and the path of the module as it was named"},
    {"path", kText, "path of the module as it was named"},
    {"asked_for", kText, "attributes that a token must have to be looked at, \"\" for any token"},
    {"init_args", kInteger, "1 if C_Initialize was given text by --pkcs11-init-args"},
};
constexpr Column kPkcs11File[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"path", kText, "path of the file, links resolved, as the target names it"},
    {"size", kInteger, "bytes"},
    {"sha256", kText, "SHA-256 of the file, lower-case hexadecimal"},
    {"package", kText, "package that owns the file, NULL if none does"},
    {"package_version", kText, "version of that package"},
    {"owner", kInteger, "numeric user that owns the file"},
    {"mode", kInteger, "permission bits"},
};
constexpr Column kPkcs11Library[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"loaded", kInteger, "1 if the dynamic loader took it and it has a list of functions"},
    {"initialized", kInteger, "1 if C_Initialize succeeded"},
    {"error", kText, "why it was not loaded or not initialised, NULL if it was"},
    {"cryptoki_version", kText, "version of the interface, as C_GetInfo answers"},
    {"function_list_version", kText,
     "version of the interface, as C_GetFunctionList answers; never more than 2.40"},
    {"manufacturer", kText, "manufacturerID of C_GetInfo"},
    {"description", kText, "libraryDescription of C_GetInfo"},
    {"library_version", kText, "libraryVersion of C_GetInfo, major.minor"},
    {"flags", kInteger, "flags of C_GetInfo; the standard has none, so 0"},
};
constexpr Column kPkcs11EntryPoint[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/libsoftokn3.so"},
    {"name", kText, "function of the library that gives a list of functions or of interfaces"},
    {"used", kInteger, "1 if what is on record was seen through this one"},
};
constexpr Column kPkcs11Interface[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"position", kInteger, "place in the list of C_GetInterfaceList, from 1"},
    {"name", kText, "name of the interface; the standard's own is \"PKCS 11\""},
    {"version", kText, "version in its list of functions, NULL if it has no list"},
    {"fork_safe", kInteger, "1 if it says that a forked process may go on using it"},
};
constexpr Column kPkcs11SlotList[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"position", kInteger, "place in the list, from 1"},
    {"slot", kText, "number of the slot, decimal; it may change from run to run"},
    {"token_listed", kInteger, "1 if C_GetSlotList lists it among those with a token"},
    {"apart", kInteger, "1 if it was read by a process of its own, for the module was slow"},
};
constexpr Column kPkcs11Slot[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"slot", kText, "number of the slot, decimal; it may change from run to run"},
    {"token", kText, "key of the token in it, NULL if there is none that was asked for"},
    {"description", kText, "slotDescription"},
    {"manufacturer", kText, "manufacturerID"},
    {"flags", kInteger, "all flags of C_GetSlotInfo"},
    {"token_flagged", kInteger, "1 if its flags say that a token is present"},
    {"token_listed", kInteger, "1 if C_GetSlotList lists it among those with a token"},
    {"removable", kInteger, "1 if it says that its token can be taken out"},
    {"hardware_claim", kInteger, "1 if it says that it is hardware: a claim"},
    {"hardware_version", kText, "major.minor"},
    {"firmware_version", kText, "major.minor"},
};
constexpr Column kPkcs11Token[] = {
    {"token", kText, "subject: a PKCS #11 URI made of label and serial number, or of the slot"},
    {"module", kText, "the module it was reached through"},
    {"slot", kText, "number of the slot it was in, decimal"},
    {"label", kText, "label, padding removed"},
    {"manufacturer", kText, "manufacturerID"},
    {"model", kText, "model"},
    {"serial", kText, "serialNumber"},
    {"flags", kInteger, "all flags of C_GetTokenInfo"},
    {"initialized", kInteger, "1 if it says that it is initialised"},
    {"login_required", kInteger, "1 if some functions need a login"},
    {"protected_authentication_path", kInteger,
     "1 if a PIN is entered by another way than through the library"},
    {"write_protected", kInteger, "1 if it says that it is write-protected"},
    {"random_generator", kInteger, "1 if it says that it has a random number generator"},
    {"user_pin_initialized", kInteger, "1 if the user's PIN is set"},
    {"user_pin_count_low", kInteger, "1 if a wrong user PIN was given since the last right one"},
    {"user_pin_final_try", kInteger, "1 if one more wrong user PIN locks it"},
    {"user_pin_locked", kInteger, "1 if the user's PIN is locked"},
    {"user_pin_to_be_changed", kInteger,
     "1 if the user's PIN is the one set at initialisation or manufacture, or has expired"},
    {"so_pin_count_low", kInteger, "1 if a wrong SO PIN was given since the last right one"},
    {"so_pin_final_try", kInteger, "1 if one more wrong SO PIN locks it"},
    {"so_pin_locked", kInteger, "1 if the SO's PIN is locked"},
    {"so_pin_to_be_changed", kInteger,
     "1 if the SO's PIN is the one set at initialisation or manufacture, or has expired"},
    {"error_state", kInteger, "1 if it says that a self-test failed and it is in an error state"},
    {"max_sessions", kInteger, "0 means no limit, NULL not told"},
    {"sessions", kInteger, "sessions of this program that are open, NULL not told"},
    {"max_rw_sessions", kInteger, "0 means no limit, NULL not told"},
    {"rw_sessions", kInteger, "read-write sessions that are open, NULL not told"},
    {"min_pin_length", kInteger, "bytes"},
    {"max_pin_length", kInteger, "bytes"},
    {"total_public_memory", kInteger, "bytes, NULL not told"},
    {"free_public_memory", kInteger, "bytes, NULL not told"},
    {"total_private_memory", kInteger, "bytes, NULL not told"},
    {"free_private_memory", kInteger, "bytes, NULL not told"},
    {"hardware_version", kText, "major.minor"},
    {"firmware_version", kText, "major.minor"},
    {"clock", kText, "its time as it tells it, NULL if it says that it has no clock"},
};
constexpr Column kPkcs11Mechanism[] = {
    {"token", kText, "subject: the token that lists it"},
    {"module", kText, "the module it was reached through"},
    {"slot", kText, "number of the slot, decimal"},
    {"position", kInteger, "place in the list of C_GetMechanismList, from 1"},
    {"mechanism", kText, "its number, 0x and at least eight hexadecimal digits"},
    {"name", kText, "name in PKCS #11 up to version 3.2, NULL if it has none"},
    {"vendor_defined", kInteger, "1 if the number is in the range for vendors"},
    {"min_key_size", kInteger, "in the unit of the mechanism: bits or bytes; NULL not told"},
    {"max_key_size", kInteger,
     "in the unit of the mechanism; 9223372036854775807 stands for anything larger; NULL not told"},
    {"flags", kInteger, "all flags of C_GetMechanismInfo, NULL if it gave none"},
    {"hardware_claim", kInteger, "1 if it says that hardware does it: a claim"},
    {"info_result", kText, "what C_GetMechanismInfo returned, NULL if it did not come back"},
};
constexpr Column kPkcs11Session[] = {
    {"token", kText, "subject: the token"},
    {"module", kText, "the module it was reached through"},
    {"slot", kText, "number of the slot, decimal"},
    {"opened", kInteger, "1 if a read-only session could be opened"},
    {"result", kText, "what C_OpenSession returned"},
    {"state", kText, "its state after the login, if there was one, e.g. CKS_RO_USER_FUNCTIONS"},
    {"flags", kInteger, "all flags of C_GetSessionInfo, NULL if it gave none"},
    {"device_error", kInteger, "ulDeviceError of C_GetSessionInfo, NULL if it gave none"},
    {"logged_in", kInteger, "1 if the user was logged in"},
    {"sees_private", kInteger,
     "1 if private objects can be seen: a login succeeded, or none is needed"},
    {"validation_flags", kInteger,
     "C_GetSessionValidationFlags before anything was done in it, NULL not told"},
    {"nss_fips_status", kText,
     "NSC_NSSGetFIPSStatus before anything was done in it, as NSS names it; NULL not told"},
};
constexpr Column kPkcs11Login[] = {
    {"token", kText, "subject: the token"},
    {"module", kText, "the module it was reached through"},
    {"slot", kText, "number of the slot, decimal"},
    {"tried", kInteger, "1 if C_Login was called, which happens once in a run"},
    {"accepted", kInteger, "1 if the user was logged in, NULL if it was not tried"},
    {"result", kText, "what C_Login returned, NULL if it was not tried"},
    {"reason", kText, "why it was not tried, NULL if it was"},
    {"pin_from", kText, "where the PIN came from: prompt, file, descriptor, variable, device"},
};
constexpr Column kPkcs11Oddity[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"call", kText, "the call that gave it, e.g. C_GetTokenInfo(slot 1)"},
    {"oddity", kText, "what is not as PKCS #11 asks for"},
};
constexpr Column kPkcs11SideEffect[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"call", kText, "the call after which it was seen, e.g. C_Initialize"},
    {"effect", kText, "what the module changed in the process of its caller"},
};
constexpr Column kPkcs11Service[] = {
    {"token", kText, "subject: key of the token"},
    {"module", kText, "its module"},
    {"service", kText, "id of the service in the catalogue"},
    {"title", kText, "the service in words"},
    {"operation", kText, "digest, mac, cipher, aead, keygen, sign, verify, kem, agree, derive, …"},
    {"algorithm", kText, "algorithm asked for"},
    {"mechanism", kText,
     "mechanism that it was asked by, hexadecimal; NULL where PKCS #11 has none or needs none"},
    {"mechanism_name", kText, "name of the mechanism, e.g. CKM_AES_GCM"},
    {"functions", kInteger, "what it was used for, as flags of C_GetMechanismInfo"},
    {"outcome", kText, "performed, refused, error or unsupported"},
    {"wrong", kInteger, "1 if it was done and the result is wrong"},
    {"call", kText, "call that did not give what was asked for, NULL if all did"},
    {"result", kText, "what that call returned, e.g. CKR_KEY_SIZE_RANGE"},
    {"reason", kText, "why it was not performed, in words"},
    {"indicator", kText, "approved, not approved, undetermined, or none"},
    {"indicator_kind", kText,
     "validation flags (C_GetSessionValidationFlags), NSS (NSC_NSSGetFIPSStatus), or none"},
    {"key_origin", kText,
     "imported (known value), unwrapped (known value, brought in encrypted) or generated"},
    {"remark", kText, "how keys had to be encoded, what could not be compared"},
    {"logged_in", kInteger, "1 if it was tried after a login"},
};
constexpr Column kPkcs11Census[] = {
    {"token", kText, "subject: key of the token"},
    {"module", kText, "its module"},
    {"moment", kText, "before or after the services were tried"},
    {"logged_in", kInteger, "1 if the user was logged in: only such counts are comparable"},
    {"class", kText, "class of the objects, e.g. CKO_SECRET_KEY; all for their sum"},
    {"on_token", kInteger, "1 kept by the token, 0 objects of a session, NULL not told or all"},
    {"objects", kInteger, "how many a session sees"},
};
constexpr Column kPkcs11Speed[] = {
    {"token", kText, "subject: key of the token"},
    {"module", kText, "its module"},
    {"what", kText, "log in (once), open and close a session, find all objects, or sign"},
    {"mechanism", kText, "mechanism of the signature, NULL for the others"},
    {"threads", kInteger, "threads that did so at once, each in a session of its own"},
    {"calls", kInteger, "how often it was done by all of them"},
    {"microseconds", kInteger, "how long that took"},
    {"failures", kInteger, "how often it failed; a thread gives up after 100 failures"},
    {"result", kText, "what the last failing call returned"},
};
constexpr Column kPkcs11Conformance[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"token", kText, "key of the token that was tried, NULL for what concerns the library alone"},
    {"check_id", kText, "the check, e.g. digest-too-small; docs/rules.md says what it asks"},
    {"expected", kText, "what the standard asks for, in a few words"},
    {"outcome", kText, "held, violated, not applicable"},
    {"returned", kText, "what the module did, or why the check is not applicable"},
};
constexpr Column kPkcs11Registered[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/hsm.so, NULL if it cannot be looked at"},
    {"name", kText, "name by which p11-kit knows it: that of its file without .module"},
    {"file", kText, "the last file that says something about it"},
    {"library", kText, "the library as the files name it"},
    {"priority", kText, "as the files say it"},
    {"critical", kText, "yes if programs are not to go on without it"},
    {"enable_in", kText, "programs that get it, \"\" for all"},
    {"disable_in", kText, "programs that do not get it"},
    {"problem", kText, "why it cannot be looked at, NULL if it can"},
};
constexpr Column kProbeRun[] = {
    {"probe", kText, "subject: name of the probe"},
    {"subject", kText, "what it was run on, \"\" for the whole system"},
    {"ending", kText, "finished, exited, signalled, timed out, not started"},
    {"code", kInteger, "exit status or signal number, NULL if finished"},
    {"last_step", kText, "step that was open when it ended, NULL if none was"},
    {"restarts", kInteger, "how often it was started again past a poisoned step"},
    {"printed", kInteger, "bytes that it printed; what they were is an artifact"},
};

constexpr std::string_view kTried = "assay check (without --passive)";
constexpr std::string_view kRegistry = "assay check pkcs11:";
constexpr std::string_view kModule =
    "assay check MODULE.so, or assay check pkcs11: for all modules that p11-kit has registered";
constexpr std::string_view kSession = "assay check --objects MODULE.so (or --login)";
constexpr std::string_view kLogin = "assay check --login MODULE.so";
constexpr std::string_view kExercised = "assay check --exercise MODULE.so";
constexpr std::string_view kMeasured = "assay check --measure MODULE.so";

constexpr Table kTables[] = {
    {"operating_system", "The operating system that was looked at", kOperatingSystem},
    {"kernel", "The running kernel", kKernel},
    {"processor", "The processor", kProcessor},
    {"processor_feature", "Processor features that cryptography uses", kProcessorFeature},
    {"virtualization", "Hypervisor and container", kVirtualization},
    {"library_file", "Every OpenSSL library file that programs of the target would load",
     kLibraryFile},
    {"libcrypto", "What each of those libraries says of itself when loaded", kLibcrypto},
    {"openssl_configuration", "The effective OpenSSL configuration", kOpensslConfiguration},
    {"openssl_setting", "Each setting of the effective configuration", kOpensslSetting},
    {"openssl_configuration_problem", "What is wrong with the configuration",
     kOpensslConfigurationProblem},
    {"fips_setting", "Every key of fipsmodule.cnf, set or not", kFipsSetting},
    {"provider_file", "Provider files in the modules folder, or named by the configuration",
     kProviderFile},
    {"provider", "Providers that were loaded, or could not be", kProvider},
    {"provider_parameter", "Everything else that a loaded provider answers", kProviderParameter},
    {"module_integrity", "Integrity values of module files", kModuleIntegrity},
    {"self_test", "Self-tests as they were seen to run", kSelfTest, kTried},
    {"algorithm", "Algorithms that a provider lists", kAlgorithm},
    {"default_context", "What an ordinary program of the target gets from OpenSSL",
     kDefaultContext},
    {"default_fetch", "What a fetch with no property query gives", kDefaultFetch},
    {"service", "Services of the catalogue, tried", kService, kTried},
    {"tls_default", "How a TLS client of the target that sets nothing begins", kTlsDefault},
    {"tls_offer", "What such a client offers, in its own order", kTlsOffer},
    {"loaded_object", "Files mapped into the assessing process", kLoadedObject},
    {"pkcs11_registered", "PKCS #11 modules that p11-kit has registered", kPkcs11Registered,
     kRegistry},
    {"pkcs11_module", "The PKCS #11 module that was asked for", kPkcs11Module, kModule},
    {"pkcs11_file", "The file of that module", kPkcs11File, kModule},
    {"pkcs11_library", "What the module says of itself when loaded", kPkcs11Library, kModule},
    {"pkcs11_entry_point", "Ways into the library, the standard's and some of vendors",
     kPkcs11EntryPoint, kModule},
    {"pkcs11_interface", "Interfaces that a module of version 3.0 or later offers",
     kPkcs11Interface, kModule},
    {"pkcs11_function", "Functions of the standard that the module has or has not",
     columns::kPkcs11Function, kModule},
    {"pkcs11_slot_list", "The slots of a module, as it lists them", kPkcs11SlotList, kModule},
    {"pkcs11_slot", "Slots of the module", kPkcs11Slot, kModule},
    {"pkcs11_token", "Tokens in the slots, those that were asked for", kPkcs11Token, kModule},
    {"pkcs11_mechanism", "Mechanisms that a token lists, each as often as it does",
     kPkcs11Mechanism, kModule},
    {"pkcs11_session", "Sessions that were opened with tokens, on demand", kPkcs11Session,
     kSession},
    {"pkcs11_login", "What came of logging in to a token, on demand", kPkcs11Login, kLogin},
    {"pkcs11_object_class", "How many objects of each class a session showed",
     columns::kPkcs11ObjectClass, kSession},
    {"pkcs11_key", "Keys that a session showed, and their policies; never their values",
     columns::kPkcs11Key, kSession},
    {"pkcs11_key_mechanism", "Mechanisms that a key is confined to", columns::kPkcs11KeyMechanism,
     kSession},
    {"pkcs11_key_template", "What a key asks of the keys that it wraps, unwraps or derives",
     columns::kPkcs11KeyTemplate, kSession},
    {"pkcs11_certificate", "Certificates that a session showed", columns::kPkcs11Certificate,
     kSession},
    {"pkcs11_validation", "What a module claims of its own validation", columns::kPkcs11Validation,
     kSession},
    {"pkcs11_profile", "Profiles of PKCS #11 that a module claims", columns::kPkcs11Profile,
     kSession},
    {"pkcs11_hardware_feature", "Clocks, counters and the like that a token claims",
     columns::kPkcs11HardwareFeature, kSession},
    {"pkcs11_oddity", "Answers of the module that are not as the standard asks for", kPkcs11Oddity,
     kModule},
    {"pkcs11_side_effect", "What calls changed in the process of their caller", kPkcs11SideEffect,
     kModule},
    {"pkcs11_service", "Services of the catalogue, tried on a token", kPkcs11Service, kExercised},
    {"pkcs11_census", "Objects that a session sees before and after services were tried",
     kPkcs11Census, kExercised},
    {"pkcs11_speed", "How fast a token does things, on demand", kPkcs11Speed, kMeasured},
    {"pkcs11_conformance", "How the module met single demands of the standard", kPkcs11Conformance,
     kExercised},
    {"probe_run", "How each probe ended", kProbeRun},
};

}  // namespace

std::span<const Table> all_tables() { return kTables; }

const Table* find_table(std::string_view name) {
  for (const Table& table : kTables)
    if (table.name == name) return &table;
  return nullptr;
}

const Column* find_column(const Table& table, std::string_view name) {
  for (const Column& column : table.columns)
    if (column.name == name) return &column;
  return nullptr;
}

namespace {

std::string definition(const Column& column) {
  return std::string(column.name) + (column.type == kInteger ? " INTEGER" : " TEXT");
}

}  // namespace

std::string create_statement(const Table& table) {
  std::string sql = "CREATE TABLE " + std::string(table.name) +
                    " (source INTEGER NOT NULL REFERENCES source(id), basis TEXT NOT NULL"
                    " CHECK (basis IN ('declared', 'listed', 'observed'))";
  for (const Column& column : table.columns) sql += ", " + definition(column);
  return sql + ") STRICT";
}

std::string add_statement(const Table& table, const Column& column) {
  return "ALTER TABLE " + std::string(table.name) + " ADD COLUMN " + definition(column);
}

}  // namespace evidence
