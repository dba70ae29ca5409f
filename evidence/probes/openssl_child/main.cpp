#include <cstdlib>
#include <exception>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/probes/child/root_files.h"
#include "evidence/probes/openssl_child/default_context.h"
#include "evidence/probes/openssl_child/self_tests.h"
#include "evidence/probes/openssl_child/services.h"
#include "evidence/probes/openssl_child/tls.h"

// The program that loads the target's libcrypto and makes it do things. It is started by assay
// alone, perhaps under another system's dynamic loader, and writes nothing but the log it inherits.

namespace evidence::probes::openssl_child {
namespace {

constexpr int kUsage = 64, kInternal = 70;  // sysexits.h

Task parse(int count, char** words) {
  Task task;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const std::string value(equals == std::string_view::npos ? "" : word.substr(equals + 1));
    if (name == "--log")
      task.log_descriptor = value;
    else if (name == "--library")
      task.library = value;
    else if (name == "--library-name")
      task.library_name = value;
    else if (name == "--root")
      task.root = value;
    else if (name == "--provider")
      task.provider = value;
    else if (name == "--preferred")
      task.preferred = true;
    else if (name == "--describe-only")
      task.describe_only = true;
    else if (name == "--meant-as-fips")
      task.meant_as_fips = true;
    else if (name == "--exercise")
      task.exercise = true;
    else if (name == "--skip")
      task.skip.insert(value);
    else
      throw base::Error(base::ErrorKind::usage, "this program is started by assay itself");
  }
  return task;
}

// Services make keys: a provider that keeps them in a token or a TPM would be littered.
bool keeps_nothing(const LoadedProvider& provider) {
  return provider.fips || provider.name == "default" || provider.name == "legacy" ||
         provider.name == "base" || provider.name == "null";
}

// True if nothing that is active may keep what services make; else it is on record which does.
bool may_exercise(const Session& session, const std::vector<LoadedProvider>& providers) {
  for (const LoadedProvider& provider : providers) {
    if (keeps_nothing(provider)) continue;
    session.record.source(session.call({"service"}, "", "catalogue of services"))
        .unsupported("not tried: the active provider " + provider.name +
                     " may keep the keys that services make");
    return false;
  }
  return true;
}

void exercise(const Session& session, SelfTestListener& tests,
              const std::vector<LoadedProvider>& providers) {
  for (const LoadedProvider& provider : providers)
    if (provider.fips) test_on_demand(session, tests, provider);
  tests.occasion("use");
  if (!may_exercise(session, active_providers(session))) return;
  if (session.task.provider.empty()) try_services(session, nullptr);
  for (const LoadedProvider& provider : providers) {
    if (provider.name == "base" || provider.name == "null") continue;
    try_services(session, &provider);
    if (provider.fips) tests.record(module_key(provider.name));
  }
}

void query(const Session& session, LoadedProvider& provider, bool active) {
  session.record.step("query provider " + provider.name,
                      session.call({"provider", "provider_parameter", "algorithm"},
                                   module_key(provider.name), "OSSL_PROVIDER_query_operation"),
                      [&] { record_provider(session, provider, active); });
}

// What an ordinary program of the target gets. If loading the configuration ended the process
// before, every call into the library would load it again and end it again: then there is no more.
void assess_default_context(const Session& session) {
  SelfTestListener tests(session);
  std::optional<bool> loaded;
  session.record.step("load configuration",
                      session.call({"default_context", "provider", "default_fetch", "self_test",
                                    "algorithm", "service"},
                                   "", "OPENSSL_init_crypto"),
                      [&] { loaded = load_configuration(session); });
  if (!loaded) return;
  auto active = active_providers(session);
  record_default_context(session, *loaded, active);
  for (LoadedProvider& provider : active) {
    query(session, provider, true);
    if (provider.fips) tests.record(module_key(provider.name));
  }
  tests.occasion("use");
  session.record.step("default fetches", session.call({"default_fetch"}, "host", "EVP_*_fetch"),
                      [&] { record_default_fetches(session); });
  session.record.step("TLS defaults",
                      session.call({"tls_default", "tls_offer"}, "host", "SSL_do_handshake"),
                      [&] { record_tls_defaults(session); });
  if (session.task.exercise) exercise(session, tests, active);
}

// A provider that no program gets unless it asks: loaded here to see what it is.
void assess_module(const Session& session) {
  const std::string& name = session.task.provider;
  const std::string module = module_key(name);
  SelfTestListener tests(session);
  OSSL_PROVIDER* handle = nullptr;
  std::optional<std::string> error;
  session.record.step(
      "load provider " + name,
      session.call({"provider", "self_test", "algorithm", "service"}, module, "OSSL_PROVIDER_load"),
      [&] {
        handle = session.crypto.OSSL_PROVIDER_load(nullptr, name.c_str());
        if (handle == nullptr) error = session.crypto.first_error();
      });
  tests.record(module);
  if (handle == nullptr) {
    if (error) record_failed_load(session, name, *error);
    return;
  }
  LoadedProvider provider{handle, name, session.task.meant_as_fips};
  query(session, provider, false);
  if (session.task.exercise) exercise(session, tests, {provider});
}

void assess(const Task& task, Recorder& record) {
  const Place place{{"libcrypto", "default_context", "default_fetch", "provider"},
                    "",
                    task.library_name,
                    "dlopen"};
  std::optional<drivers::LibCrypto> crypto;
  record.step("load library", place, [&] {
    try {
      crypto.emplace(task.library);
    } catch (const base::Error& error) {
      record.source(place).unreadable(error.what());
    }
  });
  if (!crypto) return;
  const Session session{task, record, *crypto};
  record_library(session);
  if (task.describe_only) return;
  if (task.provider.empty())
    assess_default_context(session);
  else
    assess_module(session);
  record_loaded_objects(session);
}

int run(int count, char** words) {
  const Task task = parse(count, words);
  const auto descriptor = base::parse_integer(task.log_descriptor);
  if (!descriptor) throw base::Error(base::ErrorKind::usage, "this program is started by assay");
  base::SharedMemory memory = base::SharedMemory::inherited(static_cast<int>(*descriptor));
  RowLog log(memory);
  const base::SystemHost host;
  Recorder record(log, host, task.skip);
  child::look_below(task.root);
  assess(task, record);
  log.append({kind(RecordKind::finished)});
  return 0;
}

}  // namespace
}  // namespace evidence::probes::openssl_child

int main(int count, char** words) {
  namespace child = evidence::probes::openssl_child;
  try {
    // Functions that modules leave behind to run at exit are theirs, not ours: they do not run.
    std::_Exit(child::run(count, words));
  } catch (const base::Error&) {
    std::_Exit(child::kUsage);
  } catch (const std::exception&) {
    std::_Exit(child::kInternal);
  }
}
