// Base layer: errors, files, hashes, configuration fields, randomness, progress, provenance.
// It does not know images, models, metrics or records.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace flnas {

/// A failure that a user can act on. The message is one line: what happened, where, and what to do.
/// `main` prints it after "error: " and exits with `exit_code()`.
class Error : public std::exception {
 public:
  explicit Error(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }
  /// 1: the work ran but failed; 2: usage or configuration; 3: data.
  virtual int exit_code() const noexcept { return 1; }
  /// Puts "context: " before the message. Added at boundaries only: a file, a run, a candidate.
  void add_context(std::string_view context) { message_ = std::string(context) + ": " + message_; }

 private:
  std::string message_;
};

/// A flag, key, name or value that the user has to change.
class ConfigError : public Error {
 public:
  using Error::Error;
  int exit_code() const noexcept override { return 2; }
};

/// Input data that cannot be used as it is.
class DataError : public Error {
 public:
  using Error::Error;
  int exit_code() const noexcept override { return 3; }
};

/// The file system refused: full disk, read-only folder, missing permission.
class IoError : public Error {
 public:
  using Error::Error;
};

/// A server or another machine refused, broke off or answered nonsense.
class RemoteError : public Error {
 public:
  using Error::Error;
};

}  // namespace flnas
