#include "datasets/synthetic/synth.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "datasets/splits/split.h"
#include "datasets/synthetic/synth_look.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/pictures.h"

using namespace flnas;
using namespace flnas::test;
namespace fs = std::filesystem;

namespace {

/// Mean of red minus green over the middle of the pictures of one class.
double redness(const std::vector<SynthRow>& rows, const std::string& label) {
  double sum = 0;
  int count = 0;
  for (const auto& row : rows) {
    if (row.label != label || count >= 400) continue;
    const Picture picture = draw_lesion(row, 16);
    for (int y = 6; y < 10; ++y) {
      for (int x = 6; x < 10; ++x, ++count) {
        const auto* pixel = &picture.pixels[static_cast<std::size_t>(y * 16 + x) * 3];
        sum += pixel[0] - pixel[1];
      }
    }
  }
  return sum / count;
}

/// Mean brightness, and the share of very dark pixels outside the middle (hairs).
double dark_share(const std::vector<SynthRow>& rows, bool male) {
  double dark = 0, all = 0;
  for (const auto& row : rows) {
    if (row.male != male || all > 300000) continue;
    const Picture picture = draw_lesion(row, 48);
    for (int y = 4; y < 44; ++y) {
      for (const int x : {6, 7, 8, 9, 38, 39, 40, 41}) {
        const auto* pixel = &picture.pixels[static_cast<std::size_t>(y * 48 + x) * 3];
        all += 1;
        dark += pixel[0] < 90;
      }
    }
  }
  return dark / all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(synth)

BOOST_AUTO_TEST_CASE(the_set_has_the_published_layout_and_its_gaps) {
  TemporaryFolder folder;
  BOOST_TEST(write_synthetic(folder / "set", {.images = 600, .size = 16, .seed = 4}));
  const Table table = read_table(folder / "set", load_adapter("isic2019"));
  BOOST_TEST(table.synthetic);
  BOOST_TEST(table.name == "set");
  BOOST_TEST(table.rows.size() == 600u);
  BOOST_TEST(table.unlabelled.empty());
  std::map<int, int> classes, sexes, ages;
  std::map<std::string, int> lesions;
  int downsampled = 0;
  for (const Row& row : table.rows) {
    BOOST_TEST(!row.file.empty());
    ++classes[row.label];
    ++sexes[row.groups[0]];
    ++ages[row.groups[1]];
    ++lesions[row.lesion];
    downsampled += row.image.ends_with("_downsampled");
  }
  BOOST_TEST(classes.size() == 8u);
  for (const auto& [label, count] : classes) BOOST_TEST(count >= 18);
  BOOST_TEST(classes[1] > 250);  // NV, the majority
  for (const int group : {-1, 0, 1}) BOOST_TEST(sexes[group] > 3);
  for (const int group : {-1, 0, 1, 2}) BOOST_TEST(ages[group] > 3);
  BOOST_TEST(lesions[""] > 10);
  BOOST_TEST(downsampled > 20);
  BOOST_TEST(std::count_if(lesions.begin(), lesions.end(), [](const auto& l) { return l.second >= 2; }) > 30);
  const Split split = make_split(table, {});
  BOOST_TEST(split.notes.size() == 1u);  // fewer images than asked for, and nothing else is missing
  BOOST_TEST(!fs::exists(folder / ".set.partial"));
}

BOOST_AUTO_TEST_CASE(the_seed_decides_every_byte_whatever_the_threads) {
  TemporaryFolder folder;
  const auto content = [&](const char* name, std::uint64_t seed, unsigned threads) {
    write_synthetic(folder / name, {.images = 60, .size = 24, .seed = seed}, threads);
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder / name)) {
      if (entry.is_regular_file()) {
        files[fs::relative(entry.path(), folder / name).string()] = read_file(entry.path());
      }
    }
    return files;
  };
  const auto first = content("a", 9, 1);
  BOOST_TEST(first.size() == 63u);
  BOOST_TEST((first == content("b", 9, 3)));
  const auto other = content("c", 10, 1);
  BOOST_TEST((first.at(kMetadata) != other.at(kMetadata)));
  BOOST_TEST((first.begin()->second != other.begin()->second));
}

BOOST_AUTO_TEST_CASE(views_of_a_lesion_are_nearly_the_same) {
  const auto rows = plan_lesions({.images = 600, .size = 32, .seed = 2});
  double views = 0, others = 0;
  int count = 0;
  for (std::size_t i = 1; i < rows.size() && count < 40; ++i) {
    if (rows[i].lesion.empty() || rows[i].lesion != rows[i - 1].lesion) continue;
    BOOST_TEST(rows[i].label == rows[i - 1].label);
    BOOST_TEST(rows[i].age == rows[i - 1].age);
    BOOST_TEST(rows[i].sex == rows[i - 1].sex);
    const Picture picture = draw_lesion(rows[i], 32);
    views += mean_difference(picture.pixels, draw_lesion(rows[i - 1], 32).pixels);
    others += mean_difference(picture.pixels, draw_lesion(rows[(i + 100) % rows.size()], 32).pixels);
    ++count;
  }
  BOOST_REQUIRE(count == 40);
  BOOST_TEST(views > 0);
  BOOST_TEST(2 * views < others);
}

BOOST_AUTO_TEST_CASE(class_and_person_shift_the_pictures) {
  const auto rows = plan_lesions({.images = 3000, .size = 48, .seed = 1});
  BOOST_TEST(redness(rows, "VASC") > redness(rows, "NV") + 10);
  BOOST_TEST(redness(rows, "AK") > redness(rows, "MEL") + 10);
  BOOST_TEST(dark_share(rows, true) > 1.5 * dark_share(rows, false));
}

BOOST_AUTO_TEST_CASE(age_yellows_and_wrinkles_the_skin) {
  SynthRow young, old;
  young.years = 10;
  old.years = 80;
  double wrinkles = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Random same(seed), again(seed);
    const flnas::synth::Skin fresh = flnas::synth::draw_skin(young, same), aged = flnas::synth::draw_skin(old, again);
    BOOST_TEST(fresh.red == aged.red);
    BOOST_TEST(fresh.blue > aged.blue + 0.03);
    wrinkles += aged.wrinkles - fresh.wrinkles;
  }
  BOOST_TEST(wrinkles / 20 > 0.3);
}

BOOST_AUTO_TEST_CASE(the_same_set_is_kept_and_anything_else_is_not_overwritten) {
  TemporaryFolder folder;
  const SynthConfig config{.images = 50, .size = 16, .seed = 1};
  BOOST_TEST(write_synthetic(folder / "set", config));
  BOOST_TEST(!write_synthetic(folder / "set", config));
  BOOST_CHECK_EXCEPTION(write_synthetic(folder / "set", {50, 16, 2}), ConfigError, says({"set", "another folder"}));
  write_file(folder / "mine" / "notes.txt", "x");
  BOOST_CHECK_THROW(write_synthetic(folder / "mine", config), ConfigError);
  BOOST_TEST(read_file(folder / "mine" / "notes.txt") == "x");
  fs::create_directories(folder / "empty");
  BOOST_TEST(write_synthetic(folder / "empty", config));
  write_file(folder / ".killed.partial" / "half.jpg", "x");
  BOOST_TEST(write_synthetic((folder / "killed").string() + "/", config));
  BOOST_TEST(!fs::exists(folder / "killed" / "half.jpg"));
  BOOST_TEST(!fs::exists(folder / ".killed.partial"));
}

BOOST_AUTO_TEST_CASE(wrong_settings_and_places_are_refused) {
  BOOST_CHECK_EXCEPTION(plan_lesions({.images = 5, .size = 8, .seed = 1}), ConfigError,
                        says({"--images 5", "--size 8"}));
  BOOST_CHECK_THROW(write_synthetic("/proc/flnas/set", {.images = 50, .size = 16, .seed = 1}), IoError);
}

BOOST_AUTO_TEST_SUITE_END()
