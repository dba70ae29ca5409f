#include "evidence/probes/collect.h"

#include <map>
#include <set>
#include <vector>

#include "evidence/base/error.h"
#include "evidence/base/process.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"
#include "evidence/isolate.h"
#include "evidence/probes/libraries.h"
#include "evidence/probes/openssl_files.h"
#include "evidence/probes/openssl_process.h"
#include "evidence/probes/operating_environment.h"
#include "evidence/probes/pkcs11_conformance.h"
#include "evidence/probes/pkcs11_exercise.h"
#include "evidence/probes/pkcs11_registry.h"
#include "evidence/probes/pkcs11_slots.h"
#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes {
namespace {

using base::Value;

constexpr std::int64_t kRun = 1;

// Everything that the OpenSSL probe program records.
const std::vector<std::string> kRuntimeTables = {
    "libcrypto",          "default_context", "default_fetch", "provider",
    "provider_parameter", "algorithm",       "self_test",     "service",
    "loaded_object",      "tls_default",     "tls_offer",
};

class Collection {
 public:
  Collection(const CollectOptions& options, base::Database& db)
      : options_(options), db_(db), host_(options.root, options.overrides) {
    limits_.silence = options.silence;
  }

  void run() {
    begin();
    in_child("operating-environment",
             {"operating_system", "kernel", "processor", "processor_feature", "virtualization"},
             [this](Recorder& record) { probe_operating_environment(record, machine_); });
    if (options_.pkcs11)
      probe_modules(*options_.pkcs11);
    else
      probe_openssl();
    end();
  }

 private:
  void probe_openssl() {
    in_child("openssl-files",
             {"library_file", "openssl_configuration", "openssl_setting",
              "openssl_configuration_problem", "provider_file", "module_integrity"},
             [](Recorder& record) { probe_openssl_files(record); });
    load_libraries();
    load_modules();
    load_settings();
  }

  // A target without a library is whatever p11-kit has registered.
  void probe_modules(const Pkcs11Target& target) {
    std::vector<RegisteredModule> registered;
    if (target.module_path.empty()) {
      in_child("pkcs11-registry", {"pkcs11_registered"}, record_registered_modules);
      registered = registered_modules(host_);
    }
    const auto modules = chosen_modules(registered, target);
    if (modules.empty())
      throw base::Error(base::ErrorKind::environment, no_module(registered, target));
    if (modules.size() > 1 && options_.login)
      throw base::Error(base::ErrorKind::usage,
                        "--login goes with one module; name it with module-path or module-name");
    for (const Pkcs11Target& module : modules) probe_pkcs11(module);
  }

  static std::string no_module(const std::vector<RegisteredModule>& registered,
                               const Pkcs11Target& target) {
    std::string words = target.module_name.empty()
                            ? "p11-kit has registered no module that can be looked at"
                            : "p11-kit has registered no module \"" +
                                  base::printable(target.module_name) + "\" that can be looked at";
    for (const RegisteredModule& module : registered)
      words += "; " + module.name + (module.problem.empty() ? "" : ": " + module.problem);
    return words + "; name one, as in pkcs11:?module-path=/path/of/module.so";
  }

  void probe_pkcs11(const Pkcs11Target& target) {
    in_child("pkcs11-file", {"pkcs11_module", "pkcs11_file"},
             [&target](Recorder& record) { probe_pkcs11_file(record, target); });
    Place place = {pkcs11_tables(target.objects), "", target.module_path,
                   "loaded in a child process"};
    const Pkcs11Task task{target, options_.login ? &*options_.login : nullptr, options_.exercise,
                          options_.measure};
    in_program("pkcs11", place, "loading " + target.module_path, task, behind_login(target));
    read_slots_apart({host_, limits_, db_, kRun, machine_.now()}, target);
    if (!options_.exercise) return;
    exercise_tokens(target);
    hold_against_standard(target);
  }

  static std::vector<OncePart> behind_login(const Pkcs11Target& target) {
    const auto part = [&target](const std::string& prefix, std::vector<std::string> feeds) {
      return OncePart{prefix, {std::move(feeds), "", target.module_path, "done in a session"}};
    };
    return {part(std::string(kLoginStep), pkcs11_session_tables()),
            part(kExerciseStep, {"pkcs11_census", "pkcs11_speed"}),
            part(kMeasureStep, {"pkcs11_speed"}), part(kLogoutStep, {})};
  }

  void exercise_tokens(const Pkcs11Target& target) {
    for (const Untried& untried : tokens_not_to_exercise(db_, target))
      Merger(db_, kRun, "pkcs11-services")
          .source({pkcs11_exercise_tables(), untried.token, target.module_path, "not tried"},
                  untried.outcome, untried.reason, machine_.now());
    for (Pkcs11Exercise& token : tokens_to_exercise(db_, target)) {
      token.measure = options_.measure;
      IsolatedProbe probe = program(
          "pkcs11-services",
          {pkcs11_exercise_tables(), token.token, target.module_path, "tried in a child process"},
          "trying services of " + token.token, token);
      probe.skip = token.done;
      probe.restart_limit = kExerciseRestartLimit;
      probe.resumed = pkcs11_exercise_steps();
      run_isolated(probe, db_, kRun, machine_.now());
    }
  }

  void hold_against_standard(const Pkcs11Target& target) {
    for (const Pkcs11Conformance& trial : conformance_trials(db_, target)) {
      IsolatedProbe probe = program("pkcs11-conformance",
                                    {{"pkcs11_conformance"},
                                     "",
                                     target.module_path,
                                     "tried in a child process: " + trial.subject},
                                    "holding " + trial.subject + " against the standard", trial);
      probe.restart_limit = kConformanceRestartLimit;
      run_isolated(probe, db_, kRun, machine_.now());
    }
  }

  void begin() {
    auto insert = db_.prepare(
        "INSERT INTO run (id, tool_version, host_name, root, user_name, started_at, finished_at,"
        " exercised) VALUES (?, ?, ?, ?, ?, ?, '', ?)");
    insert.bind(1, kRun).bind(2, options_.tool_version).bind(3, host_name()).bind(4, options_.root);
    insert.bind(5, base::user_of_this_process()).bind(6, base::timestamp(machine_.now()));
    insert.bind(7, std::int64_t{options_.exercise ? 1 : 0}).step();
  }

  void end() {
    auto update = db_.prepare("UPDATE run SET finished_at = ?");
    update.bind(1, base::timestamp(machine_.now())).step();
  }

  std::string host_name() const {
    if (!options_.root.empty()) return options_.root;
    std::string name = machine_.read_file("/proc/sys/kernel/hostname").text;
    while (name.ends_with('\n')) name.pop_back();
    return name;
  }

  void tell(const std::string& doing) const {
    if (options_.progress) options_.progress(doing);
  }

  // A probe of our own that reads files of the target: forked, for files can be hostile too.
  void in_child(const std::string& name, std::vector<std::string> feeds,
                const std::function<void(Recorder&)>& probe) {
    tell("looking at " + name);
    const auto start = [&](base::SharedMemory& memory, const std::set<std::string>& skip) {
      return base::run_in_child(
          [&] {
            RowLog log(memory);
            Recorder record(log, host_, skip);
            probe(record);
            log.append({kind(RecordKind::finished)});
          },
          memory, limits_);
    };
    run_isolated({name, {std::move(feeds), "", "this program", "read in a child process"}, start},
                 db_, kRun, machine_.now());
  }

  template <class Task>
  base::ChildLimits limits_for(const Task&) const {
    return limits_;
  }
  // Reading objects, trying services and timing them are the work of one process after a login.
  base::ChildLimits limits_for(const Pkcs11Task& task) const {
    base::ChildLimits limits = limits_;
    if (task.login != nullptr && task.exercise) limits.total *= 3;
    return limits;
  }

  // A program of its own that loads a library of the target and does what `task` says.
  template <class Task>
  void in_program(const std::string& name, const Place& place, const std::string& doing,
                  const Task& task, std::vector<OncePart> once = {}) {
    IsolatedProbe probe = program(name, place, doing, task);
    probe.once = std::move(once);
    run_isolated(probe, db_, kRun, machine_.now());
  }

  // The same, not yet run. The task must outlive it.
  template <class Task>
  IsolatedProbe program(const std::string& name, const Place& place, const std::string& doing,
                        const Task& task) const {
    tell(doing);
    const auto start = [&task, this, limits = limits_for(task)](base::SharedMemory& memory,
                                                                const std::set<std::string>& skip) {
      const ForeignStart how = start_of(host_, task, skip, memory.descriptor());
      if (how.program.arguments.empty())
        return base::ChildResult{{base::Ending::Kind::not_started, 0, how.reason}, {}, {}};
      return base::run_program(how.program, memory, limits);
    };
    return {name, place, start};
  }

  void in_openssl(const std::string& name, const std::string& subject, const OpensslTask& task) {
    std::vector<std::string> feeds = kRuntimeTables;
    if (task.describe_only) feeds = {"libcrypto"};
    in_program(
        name, {feeds, subject, task.library, "loaded in a child process"},
        "loading " + task.library + (task.provider.empty() ? "" : " and provider " + task.provider),
        task);
  }

  void load_libraries() {
    auto query = db_.prepare(
        "SELECT library, preferred FROM library_file WHERE soname NOT LIKE 'libcrypto.so.1%'"
        " AND soname NOT LIKE 'libcrypto.so.0%' ORDER BY preferred DESC, library");
    std::vector<OpensslTask> tasks;
    while (query.step()) {
      OpensslTask task;
      task.library = query.text(0);
      task.preferred = query.integer(1) == 1;
      task.describe_only = !task.preferred;
      task.exercise = options_.exercise;
      if (task.preferred) preferred_ = task.library;
      tasks.push_back(task);
    }
    if (tasks.empty()) note_no_providers();
    for (const OpensslTask& task : tasks)
      in_openssl(task.preferred ? "openssl-default" : "openssl-library",
                 task.preferred ? "" : task.library, task);
  }

  // Providers came with OpenSSL 3.0: an older library leaves the questions about them open.
  void note_no_providers() {
    auto query = db_.prepare("SELECT library FROM library_file ORDER BY preferred DESC, library");
    while (query.step())
      Merger(db_, kRun, "openssl-library")
          .source({kRuntimeTables, "", query.text(0), "not loaded"}, Outcome::unsupported,
                  "OpenSSL before 3.0 has no providers; this version of assay cannot assess it",
                  machine_.now());
  }

  // Providers that the target has, by file or by configuration, but that its programs do not get:
  // what they are is found out in a process of their own each. A passive run loads only those that
  // are meant as FIPS providers.
  void load_modules() {
    if (preferred_.empty()) return;
    auto query = db_.prepare(
        "SELECT name, max(fips) FROM ("
        "  SELECT provider AS name, fips FROM provider_file WHERE module = 'openssl:' || provider"
        "  UNION ALL SELECT s.name, 1 FROM openssl_setting s, openssl_configuration c"
        "   WHERE s.section = c.provider_section AND lower(s.name) LIKE '%fips%'"
        ") WHERE name NOT IN (SELECT provider FROM provider WHERE active = 1)"
        " GROUP BY name ORDER BY name");
    std::vector<OpensslTask> tasks;
    while (query.step()) {
      OpensslTask task;
      task.library = preferred_;
      task.preferred = true;
      task.provider = query.text(0);
      task.meant_as_fips = query.integer(1) == 1;
      task.exercise = options_.exercise && task.meant_as_fips;
      if (task.meant_as_fips || options_.exercise) tasks.push_back(task);
    }
    for (const OpensslTask& task : tasks)
      in_openssl("openssl-module-" + task.provider, "openssl:" + task.provider, task);
  }

  void load_settings() {
    const auto modules = fips_modules();
    if (modules.empty()) return;
    in_child("fips-settings", {"fips_setting"},
             [&modules](Recorder& record) { record_all_fips_settings(record, modules); });
  }

  std::vector<FipsModule> fips_modules() const {
    std::vector<FipsModule> modules;
    auto query = db_.prepare(
        "SELECT module, version FROM provider WHERE fips = 1"
        " UNION SELECT module, NULL FROM provider_file WHERE fips = 1 AND module NOT IN"
        " (SELECT module FROM provider) ORDER BY 1");
    while (query.step()) {
      FipsModule module{query.text(0), std::nullopt, {}};
      if (!query.is_null(1)) module.version = query.text(1);
      auto reported = db_.prepare("SELECT name, value FROM provider_parameter WHERE module = ?");
      reported.bind(1, module.module);
      while (reported.step()) module.reported[reported.text(0)] = reported.text(1);
      modules.push_back(std::move(module));
    }
    return modules;
  }

  const CollectOptions& options_;
  base::Database& db_;
  const base::SystemHost host_;
  const base::SystemHost machine_;
  base::ChildLimits limits_;
  std::string preferred_;
};

}  // namespace

void collect(const CollectOptions& options, base::Database& db) {
  if (!options.root.empty() && !base::SystemHost().status(options.root).is_folder)
    throw base::Error(base::ErrorKind::environment,
                      options.root +
                          ": no such folder; --root takes the top folder of an unpacked "
                          "system");
  Collection(options, db).run();
}

}  // namespace evidence::probes
