#include "datasets/images/decode.h"

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <thread>

#include "tests/datasets/fixture.h"
#include "tests/datasets/pictures.h"

using namespace flnas;
using namespace flnas::test;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes decode(const Bytes& jpeg, int size) {
  Bytes out(static_cast<std::size_t>(size * size * 3));
  JpegDecoder().decode_square(jpeg, size, out, "some.jpg");
  return out;
}

void expect_refused(const Bytes& jpeg, std::vector<std::string> parts) {
  for (const char* always : {"some.jpg: cannot be decoded", "fetch the image again"}) parts.emplace_back(always);
  BOOST_CHECK_EXCEPTION(decode(jpeg, 32), DataError, says(parts));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decode_jpeg)

BOOST_AUTO_TEST_CASE(a_picture_survives_encoding_within_a_few_levels) {
  const Picture picture = gradient(64, 48);
  const Picture back = JpegDecoder().decode(encode_jpeg(picture, 95), "x");
  BOOST_TEST(back.width == 64);
  BOOST_TEST(back.height == 48);
  BOOST_REQUIRE(back.pixels.size() == picture.pixels.size());
  BOOST_TEST(mean_difference(picture.pixels, back.pixels) < 3);
}

BOOST_AUTO_TEST_CASE(every_scale_gives_the_same_picture) {
  // 40 px from 1000, 600, 300, 130, 60, 40 and 20 px: DCT scales 1/8, 1/8, 1/4, 1/2, 1, 1 and enlarging.
  const Bytes expected = gradient(40, 40).pixels;
  for (const int side : {1000, 600, 300, 130, 60, 40, 20}) {
    BOOST_TEST_CONTEXT(side << " px") {
      BOOST_TEST(mean_difference(expected, decode(encode_jpeg(gradient(side, side * 3 / 4), 95), 40)) < 6);
    }
  }
}

BOOST_AUTO_TEST_CASE(resizing_averages_over_areas) {
  Picture stripes{.width = 96, .height = 96, .pixels = {}};  // one pixel wide; 96 px are not scaled while decoding
  for (int i = 0; i < 96 * 96; ++i) stripes.pixels.insert(stripes.pixels.end(), 3, i % 2 == 0 ? 255 : 0);
  const Bytes out = decode(encode_jpeg(stripes, 95), 56);
  const auto [low, high] = std::minmax_element(out.begin(), out.end());
  BOOST_TEST(int{*low} > 60);
  BOOST_TEST(int{*high} < 195);
}

BOOST_AUTO_TEST_CASE(pixels_are_red_green_blue_by_rows) {
  Picture picture{.width = 32, .height = 32, .pixels = Bytes(32 * 32 * 3)};
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 32; ++x) {
      auto* pixel = &picture.pixels[static_cast<std::size_t>(y * 32 + x) * 3];
      pixel[0] = y < 16 ? 250 : 0;
      pixel[2] = x < 16 ? 250 : 0;
    }
  }
  const Bytes out = decode(encode_jpeg(picture, 95), 8);
  const auto at = [&](int y, int x, int c) { return int{out[static_cast<std::size_t>((y * 8 + x) * 3 + c)]}; };
  BOOST_TEST(at(1, 6, 0) > 200);
  BOOST_TEST(at(1, 6, 2) < 50);
  BOOST_TEST(at(6, 1, 0) < 50);
  BOOST_TEST(at(6, 1, 2) > 200);
  BOOST_TEST(at(1, 1, 1) < 50);
}

BOOST_AUTO_TEST_CASE(a_truncated_file_is_refused_wherever_it_is_cut) {
  const Bytes jpeg = encode_jpeg(gradient(128, 128), 90);
  BOOST_CHECK_NO_THROW(decode(jpeg, 32));
  for (const double share : {0.0, 0.01, 0.2, 0.5, 0.9, 0.99}) {
    const auto length = static_cast<std::ptrdiff_t>(share * static_cast<double>(jpeg.size()));
    expect_refused(Bytes(jpeg.begin(), jpeg.begin() + length), {});
  }
  expect_refused(Bytes(jpeg.begin(), jpeg.end() - 2), {"remature end"});
}

BOOST_AUTO_TEST_CASE(other_files_are_refused) {
  expect_refused({}, {"an empty file"});
  const std::string png = "\x89PNG\r\n\x1a\n and so on";
  expect_refused(Bytes(png.begin(), png.end()), {"not a JPEG"});
  Bytes noise(5000, 0x55);
  noise[0] = 0xFF, noise[1] = 0xD8;
  expect_refused(noise, {});
}

BOOST_AUTO_TEST_CASE(rotten_bytes_are_refused_and_padding_is_not) {
  const Bytes jpeg = encode_jpeg(gradient(128, 128), 90);
  Bytes rotten = jpeg;
  std::fill(rotten.begin() + static_cast<std::ptrdiff_t>(jpeg.size() / 2), rotten.end() - 2, std::uint8_t{0xFF});
  expect_refused(rotten, {});
  Bytes padded = jpeg;
  padded.resize(padded.size() + 3000);
  BOOST_TEST(decode(padded, 32) == decode(jpeg, 32), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(decoders_start_and_work_in_several_threads) {
  const Bytes jpeg = encode_jpeg(gradient(50, 40), 90);
  const Bytes expected = decode(jpeg, 16);
  std::atomic<int> wrong = 0;
  for (int round = 0; round < 100; ++round) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { wrong += decode(jpeg, 16) != expected; });
  }
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_named) {
  Bytes out(8 * 8 * 3);
  BOOST_CHECK_EXCEPTION(JpegDecoder().decode_square("/nowhere/a.jpg", 8, out), DataError, says({"/nowhere/a.jpg"}));
}

BOOST_AUTO_TEST_SUITE_END()
