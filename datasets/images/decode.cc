#include "datasets/images/decode.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <turbojpeg.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <string_view>

#include "datasets/images/codecs.h"
#include "harness/base/error.h"

namespace flnas {
namespace {

bool begins_with(std::span<const std::uint8_t> bytes, std::string_view mark) {
  return bytes.size() >= mark.size() && std::memcmp(bytes.data(), mark.data(), mark.size()) == 0;
}

/// By what the file holds; its name may say something else.
Decoded decode_any(std::span<const std::uint8_t> bytes, int cover, Picture& picture, const std::string& where) {
  try {
    if (bytes.empty()) throw Undecodable{"an empty file"};
    if (begins_with(bytes, "\xFF\xD8")) return decode_jpeg(bytes, cover, picture);
    if (begins_with(bytes, "\x89PNG\r\n\x1A\n")) return decode_png(bytes, picture);
    throw Undecodable{"not a JPEG or PNG"};
  } catch (const Undecodable& why) {
    throw DataError(
        fmt::format("{}: cannot be decoded ({}); fetch the image again or remove its row", where, why.reason));
  }
}

struct Handle {
  explicit Handle(tjhandle made) : get(made) {
    if (get == nullptr) throw Error("libjpeg-turbo cannot start; free some memory");
  }
  ~Handle() { tjDestroy(get); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  tjhandle get;
};

}  // namespace

ImageDecoder::ImageDecoder() {
  // One decoder per thread is the parallelism here. Once only: OpenCV's setter must not run in two threads.
  static const bool single = (cv::setNumThreads(1), true);
  static_cast<void>(single);
}

std::string ImageDecoder::decode_square(std::span<const std::uint8_t> bytes, int size, std::span<std::uint8_t> out,
                                        const std::string& where) {
  const Decoded decoded = decode_any(bytes, size, picture_, where);
  if (picture_.width == size && picture_.height == size) {
    std::memcpy(out.data(), picture_.pixels.data(), picture_.pixels.size());
  } else {
    const cv::Mat source(picture_.height, picture_.width, CV_8UC3, picture_.pixels.data());
    cv::Mat target(size, size, CV_8UC3, out.data());
    cv::resize(source, target, target.size(), 0, 0, cv::INTER_AREA);
  }
  if (decoded.orientation != 1) {  // turning the square is turning the picture
    const Picture square{.width = size, .height = size, .pixels = {out.begin(), out.end()}};
    const Picture seen = oriented(square, decoded.orientation);
    std::memcpy(out.data(), seen.pixels.data(), seen.pixels.size());
  }
  return decoded.warning;
}

std::string ImageDecoder::decode_square(const std::filesystem::path& file, int size, std::span<std::uint8_t> out) {
  return decode_square(read_bytes(file), size, out, file.string());
}

Picture ImageDecoder::decode(std::span<const std::uint8_t> bytes, const std::string& where) {
  Picture picture;
  const Decoded decoded = decode_any(bytes, 0, picture, where);
  return oriented(std::move(picture), decoded.orientation);
}

std::vector<std::uint8_t> encode_jpeg(const Picture& picture, int quality) {
  const Handle handle(tjInitCompress());
  unsigned long length = tjBufSize(picture.width, picture.height, TJSAMP_420);
  std::vector<std::uint8_t> jpeg(length);
  unsigned char* buffer = jpeg.data();
  if (tjCompress2(handle.get, picture.pixels.data(), picture.width, 0, picture.height, TJPF_RGB, &buffer, &length,
                  TJSAMP_420, quality, TJFLAG_NOREALLOC) != 0) {
    throw Error(fmt::format("a picture cannot be written as JPEG ({})", tjGetErrorStr2(handle.get)));
  }
  jpeg.resize(length);
  return jpeg;
}

std::vector<std::uint8_t> read_bytes(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) {
    throw DataError(fmt::format("{}: no such image; fetch it or remove its row", file.string()));
  }
  struct stat info {};
  std::vector<std::uint8_t> bytes;
  ssize_t got = -1;
  if (fd >= 0 && ::fstat(fd, &info) == 0) {
    bytes.resize(static_cast<std::size_t>(info.st_size));
    std::size_t at = 0;
    while ((got = ::read(fd, bytes.data() + at, bytes.size() - at)) > 0) at += static_cast<std::size_t>(got);
    bytes.resize(at);
  }
  const int code = errno;
  if (fd >= 0) ::close(fd);
  if (got < 0) throw IoError(fmt::format("{}: cannot read ({}); check its permissions", file.string(), strerror(code)));
  return bytes;
}

}  // namespace flnas
