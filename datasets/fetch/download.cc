#include "datasets/fetch/download.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <thread>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/json.h"
#include "harness/base/progress.h"
#include "harness/base/text.h"
#include "harness/http/http.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// What the server said about the file of which a part is here.
struct Remembered {
  std::string url, validator;
  std::uint64_t total = 0;  ///< 0: not known
};

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

[[noreturn]] void fail(const fs::path& file) {
  const int code = errno;
  throw IoError(fmt::format("{}: cannot write ({}); {}", file.string(), std::strerror(code),
                            code == ENOSPC || code == EFBIG ? "free some space and run the same command again"
                                                            : "choose a folder that you may write to"));
}

/// The total from "bytes 100-199/200" or "bytes */200", and the start where given.
struct ContentRange {
  std::uint64_t start = 0, total = 0;
  bool valid = false;
};

ContentRange content_range(const http::Response& response) {
  const std::string text = response.header("content-range");
  ContentRange range;
  unsigned long long start = 0, end = 0, total = 0;
  if (std::sscanf(text.c_str(), "bytes %llu-%llu/%llu", &start, &end, &total) == 3 && start <= end && end < total) {
    range = {start, total, true};
  } else if (std::sscanf(text.c_str(), "bytes */%llu", &total) == 1) {
    range = {0, total, true};
  }
  return range;
}

/// One download: the state that its attempts share.
class Job {
 public:
  Job(const Download& request, const RetryPolicy& policy)
      : request_(request),
        policy_(policy),
        part_(request.file.string() + ".part"),
        memory_(request.file.string() + ".part.json"),
        progress_(request.file.filename().string(), static_cast<std::int64_t>(request.bytes.value_or(0))) {}

  void run() {
    if (request_.file.has_parent_path()) create_folder(request_.file.parent_path());
    recall();
    int failures = 0;
    std::uint64_t best = have();
    while (known_.total == 0 || have() != known_.total) {
      const std::string problem = attempt();
      if (problem.empty()) break;
      failures = have() > best ? 1 : failures + 1;
      best = std::max(best, have());
      if (failures >= policy_.attempts) {
        throw RemoteError(fmt::format("{}: {} ({} attempts); run the same command later, it continues at {}",
                                      request_.url, problem, failures, format_bytes(static_cast<double>(have()))));
      }
      const auto wait = policy_.first_wait * (std::int64_t{1} << std::min(failures - 1, 20));
      std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(wait, policy_.longest_wait));
    }
    finish();
  }

 private:
  std::uint64_t have() const {
    std::error_code missing;
    const auto size = fs::file_size(part_, missing);
    return missing ? 0 : size;
  }

  void recall() {
    try {
      const Json json = read_json(memory_);
      known_ = {json.at("url"), json.at("validator"), json.at("total")};
    } catch (const std::exception&) {
      known_ = {};
    }
    if (known_.url != request_.url) forget();
  }

  void remember() {
    write_json(memory_, {{"url", known_.url}, {"validator", known_.validator}, {"total", known_.total}});
  }

  void forget() {
    std::error_code ignored;
    fs::remove(part_, ignored);
    fs::remove(memory_, ignored);
    known_ = {request_.url, {}, 0};
  }

  /// The start of an answer with a body: where its bytes go.
  void open(const http::Response& response) {
    const ContentRange range = content_range(response);
    const bool resumed = response.status == 206 && range.valid && range.start == have() && have() > 0 &&
                         (known_.total == 0 || range.total == known_.total);
    if (response.status == 206 && !resumed) {
      forget();
      refused_ = "the server sent another part than was asked for";
      return;
    }
    const std::string etag = response.header("etag");
    known_.validator = !etag.empty() && etag.rfind("W/", 0) != 0 ? etag : response.header("last-modified");
    known_.total = resumed ? range.total : response.number("content-length").value_or(0);
    if (request_.bytes && known_.total != 0 && known_.total != *request_.bytes) {
      throw RemoteError(fmt::format("{}: the server has {} bytes where {} are expected; check the address",
                                    request_.url, known_.total, *request_.bytes));
    }
    out_.reset(std::fopen(part_.c_str(), resumed ? "ab" : "wb"));
    if (!out_) fail(part_);
    remember();
    if (known_.total > 0) progress_.set_total(static_cast<std::int64_t>(known_.total));
    done_ = resumed ? have() : 0;
  }

  /// Empty when the whole file is here, else what went wrong; throws where another attempt is of no use.
  std::string attempt() {
    http::Request request{.url = request_.url,
                          .headers = {},
                          .connect_timeout = policy_.connect_timeout,
                          .stall_timeout = policy_.stall_timeout};
    const std::uint64_t start = have();
    if (start > 0) {
      request.headers.push_back(fmt::format("Range: bytes={}-", start));
      if (!known_.validator.empty()) request.headers.push_back("If-Range: " + known_.validator);
    }
    refused_.clear();
    bool opened = false;
    const http::Response response = http::send(request, [&](const http::Response& so_far, std::string_view bytes) {
      if (so_far.status != 200 && so_far.status != 206) return;
      if (!std::exchange(opened, true)) open(so_far);
      if (!out_) return;
      if (std::fwrite(bytes.data(), 1, bytes.size(), out_.get()) != bytes.size()) fail(part_);
      done_ += bytes.size();
      progress_.update(static_cast<std::int64_t>(done_), format_bytes(static_cast<double>(done_)));
    });
    if (out_ && std::fflush(out_.get()) != 0) fail(part_);
    out_.reset();
    if (response.status / 100 == 2 && !opened) refused_ = "the server sent an empty file";
    return judge(response, start);
  }

  std::string judge(const http::Response& response, std::uint64_t start) {
    if (!refused_.empty()) return refused_;
    const int status = response.status;
    if (status == 416) {
      if (start > 0 && content_range(response).total == start) return {};  // nothing was left to send
      forget();
      return "the server refused to continue";
    }
    const bool worth_a_retry = status >= 500 || status == 408 || status == 429;
    if (status >= 300 && !worth_a_retry) {
      throw RemoteError(fmt::format("{}: the server answered {}; check the address", request_.url, status));
    }
    if (worth_a_retry) return fmt::format("the server answered {}", status);
    if (!response.error.empty()) return fmt::format("the transfer broke ({})", response.error);
    if (status != 200 && status != 206) return fmt::format("the server answered {}", status);
    const std::uint64_t expected = request_.bytes.value_or(known_.total);
    if (expected != 0 && have() != expected) return fmt::format("{} of {} bytes arrived", have(), expected);
    return {};
  }

  void finish() {
    try {
      if (request_.bytes && have() != *request_.bytes) {
        throw RemoteError(fmt::format("{}: {} bytes arrived where {} are expected; it was deleted, try again",
                                      request_.url, have(), *request_.bytes));
      }
      if (const std::string hash = request_.sha256.empty() ? "" : sha256_file(part_); hash != request_.sha256) {
        throw RemoteError(
            fmt::format("{}: its SHA-256 is {:.12}... where {:.12}... is expected; it was deleted, try "
                        "again or check the address",
                        request_.url, hash, request_.sha256));
      }
      if (request_.check) request_.check(part_);
    } catch (const IoError&) {
      throw;  // this machine's fault: the bytes that are here may be good
    } catch (const Error&) {
      forget();
      throw;
    }
    move_into_place(part_, request_.file);
    forget();
  }

  const Download& request_;
  const RetryPolicy& policy_;
  fs::path part_, memory_;
  Progress progress_;
  Remembered known_;
  File out_;
  std::string refused_;
  std::uint64_t done_ = 0;
};

}  // namespace

void download(const Download& request, const RetryPolicy& policy) { Job(request, policy).run(); }

}  // namespace flnas
