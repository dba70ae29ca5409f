#pragma once

#include <string>

#include "evidence/drivers/cryptoki.h"
#include "evidence/probes/pkcs11_uri.h"
#include "evidence/recorder.h"

namespace evidence::probes::pkcs11_child {

/// What this process was asked to do.
struct Task {
  std::string log_descriptor;
  std::string root;     ///< "" for this machine itself.
  std::string library;  ///< Where this machine finds the module.
  Pkcs11Target target;
  std::set<std::string> skip;
  bool login = false;          ///< Log in to the one token that takes a PIN.
  std::string pin_descriptor;  ///< Where the PIN can be read, once.
  std::string pin_from;
  bool on_device = false;
  bool despite_pin_flags = false;
  std::string exercise_token;  ///< Key of the token to exercise; "" to look at all that is there.
  bool exercise_logged_in = false;  ///< Exercise the token that takes the login, in that session.
  bool leave_slots = false;         ///< Slots may be left to processes of their own.
  std::string only_slot;            ///< The one slot that this process is to read; "" for all.
  bool slot_listed = false;         ///< It is listed among those with a token.
  std::set<std::string> taken;      ///< Keys of tokens that are on record already.
  bool measure = false;             ///< And time what it does.
  std::string mechanisms;   ///< What that token lists, each "0x00000250:1024", with its flags.
  std::string conformance;  ///< Key of the token, or of the module, to hold against the standard.
};

/// A module under observation and where to record what it does. Both must outlive its users.
struct Session {
  const Task& task;
  Recorder& record;

  /// The subject key of the module.
  std::string module() const { return "pkcs11:" + task.target.module_path; }

  /// The name under which the library has the function of the standard `name` ("GetInterfaceList")
  /// on the side that is looked at, e.g. "FC_GetInterfaceList".
  std::string entry_point(const std::string& name) const {
    const std::string& entry = task.target.entry_point;
    return entry.substr(0, entry.find('_') + 1) + name;
  }

  /// A place that is a call into the module, e.g. "C_GetTokenInfo(slot 1)".
  Place call(std::vector<std::string> feeds, std::string subject, std::string what) const {
    return {std::move(feeds), std::move(subject), task.target.module_path, std::move(what)};
  }

  /// Records that an answer of the module is not what the standard asks for.
  void odd(const std::string& what, const std::string& oddity) const {
    if (is_told_elsewhere(what)) return;
    record.source(call({"pkcs11_oddity"}, module(), what))
        .row("pkcs11_oddity", Basis::observed,
             {{"module", module()}, {"call", what}, {"oddity", oddity}});
  }

  /// Records that a call changed something in the process that is not the module's to change.
  void side_effect(const std::string& what, const std::string& effect) const {
    if (is_told_elsewhere(what)) return;
    record.source(call({"pkcs11_side_effect"}, module(), what))
        .row("pkcs11_side_effect", Basis::observed,
             {{"module", module()}, {"call", what}, {"effect", effect}});
  }

  /// True of calls that are about the whole library where this process reads one slot: the process
  /// that listed the slots has made them, too.
  bool is_told_elsewhere(const std::string& what) const {
    return !task.only_slot.empty() && what.find("(slot ") == std::string::npos;
  }
};

}  // namespace evidence::probes::pkcs11_child
