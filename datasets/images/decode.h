// Images layer: JPEG in and out, the image cache, synthetic lesions. It does not know tables' meaning, models or
// metrics.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace flnas {

/// Changes when decoded pixels change: part of the image cache's key.
inline constexpr int kDecoderVersion = 1;

/// A decoded picture: RGB, uint8, rows from the top, HWC.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

/// Decodes JPEG files into squares: decoded at the smallest of the sizes 1/8, 1/4, 1/2 and 1 that covers the target
/// (DCT scaling, cheap for large originals), then area resize. The aspect ratio is not kept, as in
/// torchvision.transforms.Resize((S, S)). One decoder per thread; it keeps its buffers.
class JpegDecoder {
 public:
  JpegDecoder();
  ~JpegDecoder();
  JpegDecoder(JpegDecoder&&) noexcept;
  JpegDecoder& operator=(JpegDecoder&&) noexcept;

  /// Fills `out`, size * size * 3 values. `where` is named in errors.
  /// Throws DataError for a file that is empty, truncated, corrupt, not a JPEG or not convertible to RGB.
  void decode_square(std::span<const std::uint8_t> jpeg, int size, std::span<std::uint8_t> out,
                     const std::string& where);
  void decode_square(const std::filesystem::path& file, int size, std::span<std::uint8_t> out);

  /// The whole picture at its own size.
  Picture decode(std::span<const std::uint8_t> jpeg, const std::string& where);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// JPEG bytes of the picture, 4:2:0, at `quality` 1..100; the same picture gives the same bytes.
std::vector<std::uint8_t> encode_jpeg(const Picture& picture, int quality);

/// A file's content. Throws DataError where it is missing, IoError where it cannot be read.
std::vector<std::uint8_t> read_bytes(const std::filesystem::path& file);

}  // namespace flnas
