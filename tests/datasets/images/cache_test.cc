#include "datasets/images/cache.h"

#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <thread>

#include "datasets/images/decode.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/pictures.h"

using namespace flnas;
using namespace flnas::test;
namespace fs = std::filesystem;

namespace {

void write_bytes(const fs::path& file, const std::vector<std::uint8_t>& bytes) {
  write_file(file, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

struct Layout {
  static constexpr int kImages = 12;

  Layout() {
    write_tables(data.path, many_samples(kImages));
    for (int i = 0; i < kImages; ++i) write_image(i, i);
    rows.resize(kImages);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
  }
  fs::path image(int i) { return data.path / test::kImages / fmt::format("ISIC_{:07}.jpg", i); }
  void write_image(int i, double phase) { write_bytes(image(i), encode_jpeg(gradient(50, 40, phase), 90)); }
  ImageCache open(int side = 16) {
    return ImageCache::open_or_build(read_table(data.path, load_adapter("isic2019")), rows, side, cache.path);
  }
  std::vector<std::uint8_t> expected(int i, int side = 16) {
    std::vector<std::uint8_t> out(static_cast<std::size_t>(side * side * 3));
    ImageDecoder().decode_square(image(i), side, out);
    return out;
  }
  void check_images(const ImageCache& images) {
    BOOST_REQUIRE(images.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto want = expected(static_cast<int>(rows[i]), images.side());
      BOOST_TEST(std::equal(want.begin(), want.end(), images.image(i).begin(), images.image(i).end()));
    }
  }
  std::vector<fs::path> leftovers() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(cache.path)) {
      if (entry.path().filename() != ".lock" && entry.path().extension() != ".digest") found.push_back(entry.path());
    }
    return found;
  }

  TemporaryFolder data, cache;
  std::vector<std::size_t> rows;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cache, Layout)

BOOST_AUTO_TEST_CASE(images_are_decoded_once_and_mapped_after) {
  const ImageCache first = open();
  BOOST_TEST(first.built());
  check_images(first);
  const ImageCache second = open();
  BOOST_TEST(!second.built());
  BOOST_TEST(second.file() == first.file());
  check_images(second);
  BOOST_TEST(reinterpret_cast<std::uintptr_t>(second.data()) % 4096 == 0u);
  BOOST_TEST(leftovers().size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_order_of_the_rows_is_kept) {
  rows = {7, 2, 11};
  check_images(open());
}

BOOST_AUTO_TEST_CASE(another_size_or_a_changed_image_is_another_cache) {
  const fs::path before = open().file();
  BOOST_TEST(open(24).file() != before);
  write_image(3, 0.5);
  const ImageCache changed = open();
  BOOST_TEST(changed.file() != before);
  check_images(changed);
}

BOOST_AUTO_TEST_CASE(other_pixels_under_the_old_size_and_time_are_another_cache) {
  const ImageCache before = open();
  const auto time = fs::last_write_time(image(3));
  std::string bytes = read_file(image(3));
  bytes[bytes.size() - 10] = static_cast<char>(bytes[bytes.size() - 10] ^ 1);  // within the compressed pixels
  std::this_thread::sleep_for(std::chrono::milliseconds(20));                  // coarser than a file system's clock
  std::fstream(image(3), std::ios::in | std::ios::out | std::ios::binary) << bytes;
  fs::last_write_time(image(3), time);
  const ImageCache changed = open();
  BOOST_TEST(changed.content() != before.content());
  BOOST_TEST(changed.file() != before.file());
  check_images(changed);
}

BOOST_AUTO_TEST_CASE(images_that_were_only_touched_or_moved_keep_their_cache) {
  const ImageCache before = open();
  fs::last_write_time(image(3), fs::file_time_type::clock::now());
  fs::copy_file(image(4), data / "copy");
  fs::rename(data / "copy", image(4));
  const ImageCache after = open();
  BOOST_TEST(after.content() == before.content());
  BOOST_TEST(!after.built());
}

BOOST_AUTO_TEST_CASE(a_damaged_digest_is_not_believed) {
  const std::string content = open().content();
  for (const auto& entry : fs::directory_iterator(cache.path)) {
    if (entry.path().extension() == ".digest") write_file(entry.path(), read_file(entry.path()).substr(0, 100));
  }
  BOOST_TEST(open().content() == content);
}

BOOST_AUTO_TEST_CASE(a_damaged_or_short_file_is_built_anew) {
  const fs::path file = open().file();
  const std::string content = read_file(file);
  for (const std::size_t at : {std::size_t{3}, std::size_t{40}, content.size() - 1}) {
    std::string damaged = content;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    write_file(file, damaged);
    const ImageCache again = open();
    BOOST_TEST(again.built());
    check_images(again);
    BOOST_TEST((read_file(file) == content));
  }
  for (const std::size_t length : {std::size_t{0}, std::size_t{100}, content.size() - 1}) {
    write_file(file, content.substr(0, length));
    BOOST_TEST(open().built());
  }
}

BOOST_AUTO_TEST_CASE(an_undecodable_image_leaves_nothing_behind) {
  write_file(image(5), "no image");
  BOOST_CHECK_EXCEPTION(open(), DataError, says({"ISIC_0000005.jpg", "not a JPEG"}));
  BOOST_TEST(leftovers().empty());
  fs::remove(image(5));
  BOOST_CHECK_EXCEPTION(open(), DataError, says({"'ISIC_0000005'", "1 of 12"}));
}

BOOST_AUTO_TEST_CASE(a_killed_build_leaves_nothing_that_is_used) {
  open();
  const fs::path file = open().file();
  const fs::path torn = cache.path / ("." + file.filename().string() + ".99999.tmp");
  fs::rename(file, torn);
  BOOST_TEST(open().built());
  BOOST_TEST(!fs::exists(torn));
}

BOOST_AUTO_TEST_CASE(a_disk_that_fills_up_is_an_error_and_leaves_nothing) {
  // A file size limit makes writing fail as a full disk does (EFBIG instead of ENOSPC).
  struct rlimit before {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 6000, before.rlim_max };
  ::setrlimit(RLIMIT_FSIZE, &small);
  BOOST_CHECK_EXCEPTION(open(), IoError, says({cache.path.string(), "cannot write the image cache"}));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  BOOST_TEST(leftovers().empty());
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_an_error) {
  write_file(cache / "file", "");
  const Table table = read_table(data.path, load_adapter("isic2019"));
  BOOST_CHECK_THROW(ImageCache::open_or_build(table, rows, 16, cache / "file"), IoError);
  BOOST_CHECK_THROW(ImageCache::open_or_build(table, rows, 16, "/proc/flnas"), IoError);
  BOOST_CHECK_THROW(ImageCache::open_or_build(table, rows, 4, cache.path), ConfigError);
}

BOOST_AUTO_TEST_CASE(the_environment_names_the_default_folder) {
  const auto folder_with = [](const char* flnas, const char* xdg) {
    ::setenv("FLNAS_CACHE", flnas, 1);
    ::setenv("XDG_CACHE_HOME", xdg, 1);
    return ImageCache::default_folder();
  };
  BOOST_TEST(folder_with("/a", "/b") == "/a");
  BOOST_TEST(folder_with("", "/b") == "/b/flnas");
  BOOST_TEST(folder_with("", "").string().ends_with("/.cache/flnas"));
  ::unsetenv("FLNAS_CACHE");
  ::unsetenv("XDG_CACHE_HOME");
}

BOOST_AUTO_TEST_SUITE_END()
