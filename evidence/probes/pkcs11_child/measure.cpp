#include "evidence/probes/pkcs11_child/measure.h"

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "evidence/base/resource.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/drivers/embedded.h"
#include "evidence/drivers/pkcs11_key.h"
#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using Clock = std::chrono::steady_clock;

constexpr std::array kThreads = {1, 4, 16};
constexpr auto kDuration = std::chrono::milliseconds(200);
constexpr std::size_t kSearchBatch = 256;

/// A call in a session of its thread; what it returns.
using Work = std::function<CK_RV(CK_SESSION_HANDLE)>;

/// What a number of threads got done.
struct Tally {
  std::atomic<std::int64_t> calls{0}, failures{0};
  std::atomic<CK_RV> result{CKR_OK};  ///< What the last failing call returned.
  std::chrono::microseconds took{};
};

/// One thread: a session of its own, in which the work is done until the time is up.
void run_thread(const drivers::Pkcs11Token& token, const Work& work, Clock::time_point end,
                Tally& tally) {
  const CK_FUNCTION_LIST& functions = *token.module.functions;
  CK_SESSION_HANDLE session = 0;
  const CK_RV opened =
      functions.C_OpenSession(token.slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session);
  while (opened == CKR_OK && Clock::now() < end) {
    const CK_RV result = work(session);
    ++(result == CKR_OK ? tally.calls : tally.failures);
    if (result != CKR_OK) tally.result = result;
    if (tally.failures > 100) break;
  }
  if (opened == CKR_OK) functions.C_CloseSession(session);
  if (opened != CKR_OK) {
    ++tally.failures;
    tally.result = opened;
  }
}

void run_threads(const drivers::Pkcs11Token& token, const Work& work, int count, Tally& tally) {
  const auto begin = Clock::now();
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&] { run_thread(token, work, begin + kDuration, tally); });
  for (std::thread& thread : threads) thread.join();
  tally.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
}

class Measurement {
 public:
  Measurement(const Session& session, const drivers::Pkcs11Token& token, const std::string& key,
              bool takes_threads)
      : session_(session),
        token_(token),
        key_(key),
        takes_threads_(takes_threads),
        functions_(*token.module.functions) {
    material_.keys =
        drivers::read_test_keys(base::find_resource(drivers::embedded(), "drivers/test_keys.csv"));
  }

  void run() {
    if (functions_.C_OpenSession == nullptr || functions_.C_CloseSession == nullptr) return;
    if (!takes_threads_)
      session_.record.source(session_.call({}, key_, "C_Initialize"))
          .unsupported("the module refuses to be called by threads: it is timed with one");
    time("open and close a session", std::nullopt, [&](CK_SESSION_HANDLE) {
      CK_SESSION_HANDLE session = 0;
      const CK_RV result =
          functions_.C_OpenSession(token_.slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session);
      return result == CKR_OK ? functions_.C_CloseSession(session) : result;
    });
    if (functions_.C_FindObjectsInit != nullptr && functions_.C_FindObjects != nullptr &&
        functions_.C_FindObjectsFinal != nullptr)
      time("find all objects", std::nullopt,
           [&](CK_SESSION_HANDLE session) { return find(session); });
    if (functions_.C_SignInit == nullptr || functions_.C_Sign == nullptr) return;
    sign_secret();
    sign_pair("rsa-2048", CKM_SHA256_RSA_PKCS);
    sign_pair("ec-p256-a", CKM_ECDSA);
    sign_pair("", CKM_ML_DSA);
  }

 private:
  CK_RV find(CK_SESSION_HANDLE session) const {
    std::array<CK_OBJECT_HANDLE, kSearchBatch> objects{};
    CK_ULONG count = 0;
    CK_RV result = functions_.C_FindObjectsInit(session, nullptr, 0);
    if (result != CKR_OK) return result;
    do {
      result = functions_.C_FindObjects(session, objects.data(), objects.size(), &count);
    } while (result == CKR_OK && count > 0);
    const CK_RV ended = functions_.C_FindObjectsFinal(session);
    return result == CKR_OK ? ended : result;
  }

  bool signs(CK_MECHANISM_TYPE type) const {
    const auto found = token_.mechanisms.find(type);
    return found != token_.mechanisms.end() && (found->second & CKF_SIGN) != 0;
  }

  void sign_secret() {
    if (!signs(CKM_SHA256_HMAC)) return;
    const drivers::Service service{"measure", "", "mac", "HMAC", {}};
    drivers::Pkcs11Trial trial(token_, material_, service);
    std::optional<CK_OBJECT_HANDLE> key;
    prepare(CKM_SHA256_HMAC, [&] {
      key = drivers::secret_key(trial, drivers::kGenericSecret, drivers::counting_bytes(32),
                                {CKA_SIGN, CKA_VERIFY});
    });
    if (key) sign(CKM_SHA256_HMAC, *key);
  }

  void sign_pair(const std::string& name, CK_MECHANISM_TYPE type) {
    if (!signs(type)) return;
    const drivers::Service service{"measure", "", "sign", "", {}};
    const drivers::PairUsage usage = {{CKA_VERIFY}, {CKA_SIGN}};
    drivers::Pkcs11Trial trial(token_, material_, service);
    std::optional<drivers::KeyPair> pair;
    prepare(type, [&] {
      pair = name.empty() ? drivers::generate_pair(trial, {"ML-DSA-65", "", 0, 65537, ""}, usage)
                          : drivers::key_pair(trial, name, usage);
    });
    if (pair) sign(type, pair->private_key);
  }

  void prepare(CK_MECHANISM_TYPE type, const std::function<void()>& body) {
    const std::string step = std::string(kMeasureStep) + "key for " +
                             drivers::mechanism_name(type).value_or("a mechanism");
    session_.record.step(step, session_.call({"pkcs11_speed"}, key_, step), body);
  }

  void sign(CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key) {
    time("sign", type, [this, type, key](CK_SESSION_HANDLE session) {
      std::string data = drivers::counting_bytes(32), signature(8192, '\0');
      CK_MECHANISM mechanism = drivers::plain_mechanism(type);
      CK_ULONG size = signature.size();
      const CK_RV result = functions_.C_SignInit(session, &mechanism, key);
      if (result != CKR_OK) return result;
      return functions_.C_Sign(session, drivers::cryptoki_bytes(data), data.size(),
                               drivers::cryptoki_bytes(signature), &size);
    });
  }

  void time(const std::string& what, std::optional<CK_MECHANISM_TYPE> mechanism, const Work& work) {
    for (const int threads : kThreads) {
      if (threads > 1 && !takes_threads_) break;
      const std::string step = kMeasureStep + what +
                               (mechanism ? " " + drivers::cryptoki_hex(*mechanism) : "") + ", " +
                               std::to_string(threads) + " threads";
      const Place place = session_.call({"pkcs11_speed"}, key_, step);
      session_.record.step(step, place, [&] {
        Tally tally;
        run_threads(token_, work, threads, tally);
        record(place, what, mechanism, threads, tally);
      });
    }
  }

  void record(const Place& place, const std::string& what,
              std::optional<CK_MECHANISM_TYPE> mechanism, int threads, const Tally& tally) {
    const bool failed = tally.failures > 0;
    session_.record.source(place).row(
        "pkcs11_speed", Basis::observed,
        {{"token", key_},
         {"module", session_.module()},
         {"what", what},
         {"mechanism",
          mechanism ? base::Value(drivers::mechanism_name(*mechanism).value_or("")) : nullptr},
         {"threads", std::int64_t{threads}},
         {"calls", tally.calls.load()},
         {"microseconds", std::int64_t{tally.took.count()}},
         {"failures", tally.failures.load()},
         {"result", failed ? base::Value(drivers::result_name(tally.result)) : nullptr}});
  }

  const Session& session_;
  const drivers::Pkcs11Token& token_;
  const std::string& key_;
  bool takes_threads_;
  const CK_FUNCTION_LIST& functions_;
  drivers::TrialMaterial material_;
};

}  // namespace

void measure(const Session& session, const drivers::Pkcs11Token& token, const std::string& key,
             bool takes_threads) {
  Measurement(session, token, key, takes_threads).run();
}

}  // namespace evidence::probes::pkcs11_child
