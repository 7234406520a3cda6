#pragma once

#include <memory>
#include <ostream>
#include <streambuf>
#include <string>

namespace flnas {

/// Passes what is written to it on to another stream and computes its SHA-256 on the way, so that a file can end with
/// the digest of what comes before without being in memory. Keeps a reference to `out`.
class HashingBuffer : public std::streambuf {
 public:
  explicit HashingBuffer(std::ostream& out);
  ~HashingBuffer() override;

  /// As 64 lower-case hex digits, of everything so far; once.
  std::string digest();

 protected:
  std::streamsize xsputn(const char* bytes, std::streamsize count) override;
  int_type overflow(int_type character) override;
  /// Where the next byte goes; other places cannot be asked for.
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::ostream& out_;
  std::streamsize written_ = 0;
};

}  // namespace flnas
