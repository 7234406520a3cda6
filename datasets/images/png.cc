#include <fmt/format.h>
#include <png.h>

#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <vector>

#include "datasets/images/codecs.h"

namespace flnas {
namespace {

/// What libpng's callbacks know. Errors come back by longjmp: nothing between the two may own anything.
struct Source {
  std::span<const std::uint8_t> rest;
  char reason[256];
  char warning[256];
};

[[noreturn]] void on_error(png_structp png, png_const_charp text) {
  auto* source = static_cast<Source*>(png_get_error_ptr(png));
  std::snprintf(source->reason, sizeof(source->reason), "%s", text);
  png_longjmp(png, 1);
}

void on_warning(png_structp png, png_const_charp text) {
  auto* source = static_cast<Source*>(png_get_error_ptr(png));
  if (source->warning[0] == '\0') std::snprintf(source->warning, sizeof(source->warning), "%s", text);
}

void on_read(png_structp png, png_bytep to, std::size_t bytes) {
  auto* source = static_cast<Source*>(png_get_io_ptr(png));
  if (bytes > source->rest.size()) png_error(png, "Premature end of PNG file");
  std::memcpy(to, source->rest.data(), bytes);
  source->rest = source->rest.subspan(bytes);
}

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) {
    source_.rest = bytes;
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source_, on_error, on_warning);
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
  }
  ~Reader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Up to the size, with everything set for RGB of 8 bits.
  void read_header(Picture& picture) {
    if (info_ == nullptr) throw Undecodable{"libpng cannot start"};
    if (setjmp(png_jmpbuf(png_)) != 0) throw Undecodable{source_.reason};
    png_set_read_fn(png_, &source_, on_read);
    png_set_user_limits(png_, 1U << 20, 1U << 20);
    png_read_info(png_, info_);
    png_set_expand(png_);
    png_set_scale_16(png_);
    png_set_gray_to_rgb(png_);
    png_set_strip_alpha(png_);
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    picture.width = static_cast<int>(png_get_image_width(png_, info_));
    picture.height = static_cast<int>(png_get_image_height(png_, info_));
  }

  void read_pixels(png_bytepp rows) {
    if (setjmp(png_jmpbuf(png_)) != 0) throw Undecodable{source_.reason};
    png_read_image(png_, rows);
    png_read_end(png_, info_);
  }

  int orientation() {
    png_uint_32 bytes = 0;
    png_bytep exif = nullptr;
    if (png_get_eXIf_1(png_, info_, &bytes, &exif) == 0 || exif == nullptr) return 1;
    return exif_orientation({exif, bytes});
  }
  std::size_t stride() const { return png_get_rowbytes(png_, info_); }
  const char* warning() const { return source_.warning; }

 private:
  Source source_{};
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

}  // namespace

Decoded decode_png(std::span<const std::uint8_t> bytes, Picture& picture) {
  Reader png(bytes);
  png.read_header(picture);
  if (std::int64_t{picture.width} * picture.height > kMostPixels) {
    throw Undecodable{fmt::format("{} x {} pixels are too many", picture.width, picture.height)};
  }
  const auto stride = static_cast<std::size_t>(picture.width) * 3;
  if (png.stride() != stride) throw Undecodable{"it cannot be turned into RGB"};
  picture.pixels.resize(stride * static_cast<std::size_t>(picture.height));
  std::vector<png_bytep> rows;
  for (std::size_t at = 0; at < picture.pixels.size(); at += stride) rows.push_back(picture.pixels.data() + at);
  png.read_pixels(rows.data());
  return {.orientation = png.orientation(), .warning = png.warning()};
}

}  // namespace flnas
