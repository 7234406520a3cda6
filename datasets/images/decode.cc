#include "datasets/images/decode.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <turbojpeg.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <string_view>

#include "harness/base/error.h"

namespace flnas {
namespace {

struct Handle {
  explicit Handle(tjhandle made) : get(made) {
    if (get == nullptr) throw Error("libjpeg-turbo cannot start; free some memory");
  }
  ~Handle() { tjDestroy(get); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  tjhandle get;
};

[[noreturn]] void refuse(const std::string& where, std::string_view reason) {
  throw DataError(fmt::format("{}: cannot be decoded ({}); fetch the image again or remove its row", where, reason));
}

/// True where the file's last marker is the end of the image (padding after it is common and harmless).
bool is_complete(std::span<const std::uint8_t> jpeg) {
  const std::size_t tail = std::min<std::size_t>(jpeg.size(), 1024);
  const std::string_view last(reinterpret_cast<const char*>(jpeg.data() + jpeg.size() - tail), tail);
  return last.rfind("\xFF\xD9") != last.npos;
}

struct Size {
  int width, height;
};

Size read_header(tjhandle handle, std::span<const std::uint8_t> jpeg, const std::string& where) {
  Size size{};
  int subsampling = 0, colours = 0;
  if (jpeg.size() < 4 || jpeg[0] != 0xFF || jpeg[1] != 0xD8)
    refuse(where, jpeg.empty() ? "an empty file" : "not a JPEG");
  if (tjDecompressHeader3(handle, jpeg.data(), jpeg.size(), &size.width, &size.height, &subsampling, &colours) != 0) {
    refuse(where, tjGetErrorStr2(handle));
  }
  if (colours == TJCS_CMYK || colours == TJCS_YCCK) refuse(where, "its colours are CMYK, not RGB");
  return size;
}

void decompress(tjhandle handle, std::span<const std::uint8_t> jpeg, Size scaled, std::vector<std::uint8_t>& pixels,
                const std::string& where) {
  pixels.resize(static_cast<std::size_t>(scaled.width) * static_cast<std::size_t>(scaled.height) * 3);
  const int failed =
      tjDecompress2(handle, jpeg.data(), jpeg.size(), pixels.data(), scaled.width, 0, scaled.height, TJPF_RGB, 0);
  if (failed == 0) return;
  // Warnings are errors too, save for stray bytes between the markers of a whole file.
  const std::string reason = tjGetErrorStr2(handle);
  const bool stray = tjGetErrorCode(handle) == TJERR_WARNING && reason.find("extraneous bytes") != reason.npos;
  if (!stray || !is_complete(jpeg)) refuse(where, reason);
}

/// The smallest of 1/8, 1/4, 1/2 and 1 (those with SIMD code) that covers size x size.
Size cover(Size full, int size) {
  for (const int denominator : {8, 4, 2}) {
    const tjscalingfactor factor{1, denominator};
    const Size scaled{TJSCALED(full.width, factor), TJSCALED(full.height, factor)};
    if (scaled.width >= size && scaled.height >= size) return scaled;
  }
  return full;
}

}  // namespace

struct JpegDecoder::State {
  Handle handle{tjInitDecompress()};
  std::vector<std::uint8_t> pixels;
};

JpegDecoder::JpegDecoder() : state_(std::make_unique<State>()) {
  // One decoder per thread is the parallelism here. Once only: OpenCV's setter must not run in two threads.
  static const bool single = (cv::setNumThreads(1), true);
  static_cast<void>(single);
}
JpegDecoder::~JpegDecoder() = default;
JpegDecoder::JpegDecoder(JpegDecoder&&) noexcept = default;
JpegDecoder& JpegDecoder::operator=(JpegDecoder&&) noexcept = default;

void JpegDecoder::decode_square(std::span<const std::uint8_t> jpeg, int size, std::span<std::uint8_t> out,
                                const std::string& where) {
  const Size full = read_header(state_->handle.get, jpeg, where);
  const Size scaled = cover(full, size);
  decompress(state_->handle.get, jpeg, scaled, state_->pixels, where);
  if (scaled.width == size && scaled.height == size) {
    std::memcpy(out.data(), state_->pixels.data(), state_->pixels.size());
    return;
  }
  const cv::Mat source(scaled.height, scaled.width, CV_8UC3, state_->pixels.data());
  cv::Mat target(size, size, CV_8UC3, out.data());
  cv::resize(source, target, target.size(), 0, 0, cv::INTER_AREA);
}

void JpegDecoder::decode_square(const std::filesystem::path& file, int size, std::span<std::uint8_t> out) {
  decode_square(read_bytes(file), size, out, file.string());
}

Picture JpegDecoder::decode(std::span<const std::uint8_t> jpeg, const std::string& where) {
  const Size full = read_header(state_->handle.get, jpeg, where);
  Picture picture{.width = full.width, .height = full.height, .pixels = {}};
  decompress(state_->handle.get, jpeg, full, picture.pixels, where);
  return picture;
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
