#include <fmt/format.h>

#include <algorithm>
#include <csetjmp>
#include <cstddef>
#include <cstdio>
// libjpeg's headers need those before them, and in this order.
#include <jpeglib.h>

#include <jerror.h>

#include <string_view>

#include "datasets/images/codecs.h"

namespace flnas {
namespace {

constexpr int kMostScans = 500;  ///< of a progressive JPEG: a small file can ask for hours of work

/// libjpeg's errors come back by longjmp: nothing between the two may own anything.
struct Errors {
  jpeg_error_mgr base;  ///< first: libjpeg knows the address of this one only
  std::jmp_buf jump;
  char reason[JMSG_LENGTH_MAX];
  char warning[JMSG_LENGTH_MAX];
  bool lost_pixels;
};

Errors& errors_of(j_common_ptr info) { return *reinterpret_cast<Errors*>(info->err); }

[[noreturn]] void on_error(j_common_ptr info) {
  info->err->format_message(info, errors_of(info).reason);
  std::longjmp(errors_of(info).jump, 1);
}

bool costs_pixels(int code) {
  return code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE ||
         code == JWRN_ARITH_BAD_CODE || code == JWRN_MUST_RESYNC;
}

void on_message(j_common_ptr info, int level) {
  if (level >= 0) return;  // a trace
  Errors& errors = errors_of(info);
  ++info->err->num_warnings;
  if (costs_pixels(info->err->msg_code) && !errors.lost_pixels) {
    errors.lost_pixels = true;
    info->err->format_message(info, errors.reason);
  }
  if (errors.warning[0] == '\0') info->err->format_message(info, errors.warning);
}

void on_progress(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= kMostScans) return;
  std::snprintf(errors_of(info).reason, JMSG_LENGTH_MAX, "more than %d scans", kMostScans);
  std::longjmp(errors_of(info).jump, 1);
}

class Decompressor {
 public:
  Decompressor() {
    info_.err = jpeg_std_error(&errors_.base);
    errors_.base.error_exit = on_error;
    errors_.base.emit_message = on_message;
    progress_.progress_monitor = on_progress;
  }
  ~Decompressor() { jpeg_destroy_decompress(&info_); }
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;

  void read_header(std::span<const std::uint8_t> bytes) {
    if (setjmp(errors_.jump) != 0) throw Undecodable{errors_.reason};
    jpeg_create_decompress(&info_);
    info_.progress = &progress_;
    jpeg_mem_src(&info_, bytes.data(), bytes.size());
    jpeg_save_markers(&info_, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&info_, TRUE);
  }

  /// Sets the scale, and the picture's size after it.
  void scale(int cover, Picture& picture) {
    if (setjmp(errors_.jump) != 0) throw Undecodable{errors_.reason};
    info_.out_color_space = JCS_RGB;
    info_.scale_num = 1;
    for (info_.scale_denom = cover > 0 ? 8 : 1; info_.scale_denom > 1; info_.scale_denom /= 2) {
      jpeg_calc_output_dimensions(&info_);
      if (static_cast<int>(std::min(info_.output_width, info_.output_height)) >= cover) break;
    }
    jpeg_calc_output_dimensions(&info_);
    picture.width = static_cast<int>(info_.output_width);
    picture.height = static_cast<int>(info_.output_height);
  }

  void read_pixels(std::uint8_t* pixels) {
    if (setjmp(errors_.jump) != 0) throw Undecodable{errors_.reason};
    jpeg_start_decompress(&info_);
    const std::size_t stride = std::size_t{info_.output_width} * 3;
    while (info_.output_scanline < info_.output_height) {
      JSAMPROW row = pixels + info_.output_scanline * stride;
      jpeg_read_scanlines(&info_, &row, 1);
    }
    jpeg_finish_decompress(&info_);
  }

  int orientation() const {
    constexpr std::string_view kMark("Exif\0\0", 6);
    for (const jpeg_marker_struct* marker = info_.marker_list; marker != nullptr; marker = marker->next) {
      const std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
      if (data.starts_with(kMark)) return exif_orientation({marker->data + kMark.size(), data.size() - kMark.size()});
    }
    return 1;
  }

  const jpeg_decompress_struct& info() const { return info_; }
  const Errors& errors() const { return errors_; }

 private:
  Errors errors_{};
  jpeg_progress_mgr progress_{};
  jpeg_decompress_struct info_{};
};

}  // namespace

Decoded decode_jpeg(std::span<const std::uint8_t> bytes, int cover, Picture& picture) {
  Decompressor jpeg;
  jpeg.read_header(bytes);
  const auto& info = jpeg.info();
  if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK) {
    throw Undecodable{"its colours are CMYK, not RGB"};
  }
  if (std::int64_t{info.image_width} * info.image_height > kMostPixels) {
    throw Undecodable{fmt::format("{} x {} pixels are too many", info.image_width, info.image_height)};
  }
  jpeg.scale(cover, picture);
  picture.pixels.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3);
  const int orientation = jpeg.orientation();  // reading to the end forgets the header's markers
  jpeg.read_pixels(picture.pixels.data());
  if (jpeg.errors().lost_pixels) throw Undecodable{jpeg.errors().reason};
  return {.orientation = orientation, .warning = jpeg.errors().warning};
}

}  // namespace flnas
