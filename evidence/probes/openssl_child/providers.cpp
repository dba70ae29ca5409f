#include "evidence/probes/openssl_child/providers.h"

#include <dlfcn.h>
#include <openssl/core_names.h>

#include <array>
#include <optional>

#include "evidence/base/text.h"
#include "evidence/probes/openssl_child/algorithms.h"

namespace evidence::probes::openssl_child {
namespace {

// The parameter `key` as text, whatever type the provider gives it.
std::optional<std::string> text_parameter(const Session& session, const OSSL_PROVIDER* provider,
                                          const char* key) {
  const char* text = nullptr;
  std::array<OSSL_PARAM, 2> request{};
  request[0] = {key, OSSL_PARAM_UTF8_PTR, &text, sizeof text, OSSL_PARAM_UNMODIFIED};
  if (session.crypto.OSSL_PROVIDER_get_params(provider, request.data()) != 1 || text == nullptr)
    return std::nullopt;
  return base::printable(text);
}

std::optional<std::int64_t> number_parameter(const Session& session, const OSSL_PROVIDER* provider,
                                             const char* key) {
  unsigned int number = 0;
  std::array<OSSL_PARAM, 2> request{};
  request[0] = {key, OSSL_PARAM_UNSIGNED_INTEGER, &number, sizeof number, OSSL_PARAM_UNMODIFIED};
  if (session.crypto.OSSL_PROVIDER_get_params(provider, request.data()) != 1 ||
      request[0].return_size == OSSL_PARAM_UNMODIFIED)
    return std::nullopt;
  return number;
}

// The file that holds the code of `provider`: it has no function that tells, its algorithms do.
std::optional<std::string> file_of(const Session& session, const OSSL_PROVIDER* provider) {
  for (int operation = 1; operation <= kLastOperation; ++operation) {
    int no_cache = 0;
    const OSSL_ALGORITHM* list =
        session.crypto.OSSL_PROVIDER_query_operation(provider, operation, &no_cache);
    std::optional<std::string> file;
    Dl_info where{};
    if (list != nullptr && list->algorithm_names != nullptr && list->implementation != nullptr &&
        list->implementation->function != nullptr &&
        dladdr(reinterpret_cast<const void*>(list->implementation->function), &where) != 0 &&
        where.dli_fname != nullptr)
      file = where.dli_fname;
    session.crypto.OSSL_PROVIDER_unquery_operation(provider, operation, list);
    if (file) return file;
  }
  return std::nullopt;
}

// The same file as the target names it.
std::string inside(const Session& session, const std::string& path) {
  const std::string& root = session.task.root;
  return !root.empty() && path.starts_with(root + "/") ? path.substr(root.size()) : path;
}

bool claims_fips(const Session& session, const OSSL_PROVIDER* provider) {
  const auto full_name = text_parameter(session, provider, OSSL_PROV_PARAM_NAME);
  return (full_name && base::lower(*full_name).find("fips") != std::string::npos) ||
         number_parameter(session, provider, OSSL_PROV_PARAM_SECURITY_CHECKS).has_value();
}

void record_parameters(const Session& session, const LoadedProvider& provider, Source& source) {
  const OSSL_PARAM* known = session.crypto.OSSL_PROVIDER_gettable_params(provider.handle);
  for (; known != nullptr && known->key != nullptr; ++known) {
    const auto number = number_parameter(session, provider.handle, known->key);
    const auto text = number ? std::nullopt : text_parameter(session, provider.handle, known->key);
    if (!number && !text) continue;
    source.row("provider_parameter", Basis::listed,
               {{"module", module_key(provider.name)},
                {"name", base::printable(known->key)},
                {"value", number ? std::to_string(*number) : *text}});
  }
  session.crypto.ERR_clear_error();
}

int collect(OSSL_PROVIDER* provider, void* list) {
  static_cast<std::vector<OSSL_PROVIDER*>*>(list)->push_back(provider);
  return 1;
}

}  // namespace

std::vector<LoadedProvider> active_providers(const Session& session) {
  std::vector<OSSL_PROVIDER*> handles;
  session.crypto.OSSL_PROVIDER_do_all(nullptr, collect, &handles);
  std::vector<LoadedProvider> providers;
  for (OSSL_PROVIDER* handle : handles) {
    const char* name = session.crypto.OSSL_PROVIDER_get0_name(handle);
    const std::string printable = base::printable(name == nullptr ? "" : name);
    providers.push_back({handle, printable, printable == "fips"});
  }
  session.crypto.ERR_clear_error();
  return providers;
}

void record_provider(const Session& session, LoadedProvider& provider, bool active) {
  provider.fips = provider.fips || claims_fips(session, provider.handle);
  const std::string module = module_key(provider.name);
  Source source = session.record.source(session.call(
      {"provider", "provider_parameter", "algorithm"}, module, "OSSL_PROVIDER_get_params"));
  const OSSL_PROVIDER* handle = provider.handle;
  const auto file = file_of(session, handle);
  const bool built_in = file && *file == session.task.library;
  source.row(
      "provider", Basis::listed,
      {{"module", module},
       {"provider", provider.name},
       {"library", session.task.library_name},
       {"name", or_null(text_parameter(session, handle, OSSL_PROV_PARAM_NAME))},
       {"version", or_null(text_parameter(session, handle, OSSL_PROV_PARAM_VERSION))},
       {"build_info", or_null(text_parameter(session, handle, OSSL_PROV_PARAM_BUILDINFO))},
       {"status", or_null(number_parameter(session, handle, OSSL_PROV_PARAM_STATUS))},
       {"active", std::int64_t{active ? 1 : 0}},
       {"built_in", std::int64_t{built_in ? 1 : 0}},
       {"path", file && !built_in ? base::Value(inside(session, *file)) : base::Value(nullptr)},
       {"fips", std::int64_t{provider.fips ? 1 : 0}}});
  record_parameters(session, provider, source);
  record_algorithms(session, provider, source);
}

void record_failed_load(const Session& session, const std::string& name, const std::string& error) {
  const std::string module = module_key(name);
  Source source = session.record.source(session.call({"provider"}, module, "OSSL_PROVIDER_load"));
  source.row("provider", Basis::observed,
             {{"module", module},
              {"provider", name},
              {"library", session.task.library_name},
              {"active", std::int64_t{0}},
              {"built_in", std::int64_t{0}},
              {"fips", std::int64_t{session.task.meant_as_fips ? 1 : 0}},
              {"load_error", error.empty() ? "OpenSSL told no reason" : error}});
}

}  // namespace evidence::probes::openssl_child
