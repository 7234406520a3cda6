// Who holds a lock's file: what folder_lock.cc writes into it and reads from it. It does not know how it is taken.
#pragma once

#include <string>
#include <string_view>

namespace flnas {

/// A process, as its lock's file names it: "PID HOST BOOT NAMESPACE START", so that no two processes are called alike,
/// whenever and wherever they ran.
struct LockHolder {
  std::string process;              ///< its id
  std::string host;                 ///< blank in files of earlier versions, which have the id alone
  std::string boot, pid_namespace;  ///< with them an id means a process of this system
  std::string start;                ///< of the process, in ticks since the boot

  static LockHolder self();
  static LockHolder parse(std::string_view text);
  std::string text() const;
  /// Whether the id means a process that this one can see.
  bool is_here() const;
  /// Of one that is here: it still runs.
  bool runs() const;
};

}  // namespace flnas
