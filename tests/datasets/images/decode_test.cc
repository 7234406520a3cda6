#include "datasets/images/decode.h"

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <thread>

#include "datasets/images/codecs.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/images/made_images.h"
#include "tests/datasets/pictures.h"
#include "tests/support/paths.h"

using namespace flnas;
using namespace flnas::test;

namespace {

Bytes decode(const Bytes& jpeg, int size) {
  Bytes out(static_cast<std::size_t>(size * size * 3));
  ImageDecoder().decode_square(jpeg, size, out, "some.jpg");
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
  const Picture back = ImageDecoder().decode(encode_jpeg(picture, 95), "x");
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
  expect_refused(Bytes(png.begin(), png.end()), {"invalid chunk type"});
  const std::string gif = "GIF89a and so on";
  expect_refused(Bytes(gif.begin(), gif.end()), {"not a JPEG or PNG"});
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
  BOOST_CHECK_EXCEPTION(ImageDecoder().decode_square("/nowhere/a.jpg", 8, out), DataError, says({"/nowhere/a.jpg"}));
}

BOOST_AUTO_TEST_CASE(no_image_spoils_the_decoder_for_the_next) {
  const Bytes good = encode_jpeg(gradient(64, 48), 90);
  const Bytes expected = decode(good, 16);
  ImageDecoder decoder;
  for (const Bytes& bad : {twelve_bits(good), two_starts(good), Bytes(good.begin(), good.begin() + 300), Bytes(),
                           png(1), Bytes(100, 0xFF)}) {
    Bytes out(16 * 16 * 3);
    if (bad != png(1)) {
      BOOST_CHECK_EXCEPTION(decoder.decode_square(bad, 16, out, "x"), DataError, says({"x: cannot be decoded"}));
    }
    BOOST_TEST(decoder.decode_square(good, 16, out, "x") == "");
    BOOST_TEST(out == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(faults_of_form_are_read_over_and_told) {
  const Bytes good = encode_jpeg(gradient(64, 48), 90);
  const Bytes expected = decode(good, 16);
  for (const auto& [bytes, told] :
       {std::pair(unknown_revision(good), "JFIF revision"), std::pair(odd_scan(good), "SOS parameters"),
        std::pair(stray_bytes(good), "extraneous bytes")}) {
    Bytes out(16 * 16 * 3);
    const std::string warning = ImageDecoder().decode_square(bytes, 16, out, "x");
    BOOST_TEST(warning.find(told) != warning.npos, warning);
    BOOST_TEST(out == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(any_subsampling_is_read) {
  Bytes out(16 * 16 * 3);  // components of 1x4, 1x1 and 1x1 samples, which turbojpeg's own interface refuses
  const auto file = std::filesystem::path(tests::tests_dir()) / "datasets/images/pictures/odd_subsampling.jpg";
  BOOST_TEST(ImageDecoder().decode_square(file, 16, out) == "");
}

BOOST_AUTO_TEST_CASE(pictures_are_turned_as_exif_says) {
  // Red above green, blue on the left: what is seen must be the same from all eight ways to store it.
  const Picture seen = gradient(24, 16);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    BOOST_TEST_CONTEXT("orientation " << orientation) {
      const int back = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
      const Picture stored = oriented(seen, back);
      BOOST_TEST(stored.width == (orientation >= 5 ? 16 : 24));
      BOOST_TEST(oriented(stored, orientation).pixels == seen.pixels, boost::test_tools::per_element());
      const Bytes jpeg = with_orientation(encode_jpeg(stored, 95), orientation);
      const Picture shown = ImageDecoder().decode(jpeg, "x");
      BOOST_TEST(shown.width == 24);
      BOOST_TEST(mean_difference(shown.pixels, seen.pixels) < 6);
      BOOST_TEST(mean_difference(decode(jpeg, 16), decode(encode_jpeg(seen, 95), 16)) < 6);
    }
  }
  const Picture corner = oriented({.width = 2, .height = 1, .pixels = {1, 1, 1, 2, 2, 2}}, 6);
  BOOST_TEST(corner.height == 2);
  BOOST_TEST(int{corner.pixels[0]} == 1);  // turned right: the left end is above
  for (std::size_t length = 0; length < 26; ++length) {
    const Bytes whole = exif_data(6);
    BOOST_TEST(exif_orientation({whole.data(), std::min(length, whole.size())}) == (length >= 20 ? 6 : 1));
  }
}

BOOST_AUTO_TEST_CASE(png_of_every_kind_are_read) {
  const Bytes expected = decode(png(1), 8);
  BOOST_TEST(int{expected[0]} == 200);
  BOOST_TEST(int{expected[1]} == 100);
  BOOST_TEST(int{expected[2]} == 50);
  for (const int kind : {2, 3}) BOOST_TEST(decode(png(kind), 8) == expected, boost::test_tools::per_element());
  const Bytes grey = decode(png(4), 8);
  BOOST_TEST(int{grey[0]} == int{grey[2]});
  const Bytes whole = png(1);
  for (const std::size_t cut : {9u, 40u, 60u}) {
    expect_refused(Bytes(whole.begin(), whole.end() - static_cast<std::ptrdiff_t>(cut)), {});
  }
  Bytes rotten = whole;
  const std::string mark = "IDAT";
  *(std::search(rotten.begin(), rotten.end(), mark.begin(), mark.end()) + 8) ^= 0x10;
  expect_refused(rotten, {});
}

BOOST_AUTO_TEST_CASE(an_image_that_would_take_all_memory_is_refused) {
  Bytes jpeg = encode_jpeg(gradient(16, 16), 90);
  const auto frame = marker(jpeg, 0xC0);
  for (const std::size_t i : {5u, 7u}) jpeg[frame + i] = 0xFF;  // 65,296 x 65,296
  expect_refused(jpeg, {"too many"});
}

BOOST_AUTO_TEST_SUITE_END()
