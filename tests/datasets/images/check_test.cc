#include "datasets/images/check.h"

#include <boost/test/unit_test.hpp>
#include <numeric>

#include "datasets/images/alike.h"
#include "datasets/images/duplicates.h"
#include "datasets/synthetic/synth.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/pictures.h"

using namespace flnas;
using namespace flnas::test;
namespace fs = std::filesystem;

namespace {

void write_picture(const fs::path& file, const Picture& picture, int quality = 90) {
  const auto jpeg = encode_jpeg(picture, quality);
  write_file(file, std::string_view(reinterpret_cast<const char*>(jpeg.data()), jpeg.size()));
}

/// Forty synthetic pictures of distinct lesions under the fixture's tables.
struct Layout {
  static constexpr int kCount = 40;

  Layout() : samples(many_samples(kCount)) {
    for (auto& sample : samples) sample.lesion = "";
    write_tables(folder.path, samples);
    SynthRow row{};
    for (int i = 0; i < kCount; ++i) {
      row.lesion_seed = row.view_seed = static_cast<std::uint64_t>(i);
      row.class_index = i % 8;
      pictures.push_back(draw_lesion(row, 64));
      write_picture(image(i), pictures.back());
    }
  }
  fs::path image(int i) { return folder.path / kImages / fmt::format("ISIC_{:07}.jpg", i); }
  CheckReport check() { return check_dataset(read_table(folder.path, load_adapter("isic2019"))); }

  TemporaryFolder folder;
  std::vector<Sample> samples;
  std::vector<Picture> pictures;
};

bool has(const std::vector<std::string>& list, const std::string& part) {
  return std::any_of(list.begin(), list.end(), [&](const auto& text) { return text.find(part) != text.npos; });
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(check, Layout)

BOOST_AUTO_TEST_CASE(a_whole_set_is_usable_and_counted) {
  const CheckReport report = check();
  BOOST_TEST(report.usable());
  BOOST_TEST(report.warnings.empty());
  BOOST_TEST(report.images == 40u);
  BOOST_TEST(report.lesions == 40u);
  BOOST_TEST(report.near.empty());
  Json expected = {{"male", 0}, {"female", 0}, {"unknown", 0}};
  for (const auto& sample : samples) {
    Json& cell = expected[sample.sex.empty() ? "unknown" : sample.sex];
    if (sample.label == "NV") cell = cell.get<int>() + 1;
  }
  BOOST_TEST(report.counts["NV"]["sex"] == expected);
  BOOST_TEST(report.missing[0].second == 40u);
  const Json json = report_to_json(report);
  BOOST_TEST(json["usable"] == true);
  BOOST_TEST(json["counts"]["NV"]["images"] == 16);
  BOOST_TEST(report_to_text(report).ends_with("\nusable\n"));
}

BOOST_AUTO_TEST_CASE(unreadable_and_missing_images_make_it_unusable) {
  write_file(image(3), read_file(image(3)).substr(0, 700));
  write_file(image(4), "");
  fs::remove(image(5));
  const CheckReport report = check();
  BOOST_TEST(!report.usable());
  BOOST_REQUIRE(report.unreadable.size() == 2u);
  BOOST_TEST(report.unreadable[0].first == "ISIC_0000003");
  BOOST_TEST(report.unreadable[1].second.find("empty file") != std::string::npos);
  BOOST_TEST(report.without_image == (std::vector<std::string>{"ISIC_0000005"}), boost::test_tools::per_element());
  BOOST_TEST(has(report.problems, "2 unreadable"));
  BOOST_TEST(has(report.problems, "1 labels without image"));
  const std::string text = report_to_text(report, 1);
  BOOST_TEST(text.find("... and 1 more") != text.npos);
  BOOST_TEST(text.ends_with("NOT usable\n"));
}

BOOST_AUTO_TEST_CASE(bad_rows_are_collected_and_make_it_unusable) {
  std::string labels = labels_csv(samples), metadata = metadata_csv(samples);
  const auto edit = [](std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    BOOST_REQUIRE(at != text.npos);
    text.replace(at, from.size(), to);
  };
  edit(labels, "ISIC_0000002,0.0", "ISIC_0000002,1.0");                  // two labels
  edit(metadata, "ISIC_0000004,", "ISIC_9999999,");                      // no metadata
  edit(metadata, samples[6].sex + "\nISIC_0000007", "m\nISIC_0000007");  // in no group
  labels += "ISIC_0000009,0.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0\n";        // a second time
  write_file(folder / kLabels, labels);
  write_file(folder / kMetadata, metadata);
  BOOST_CHECK_THROW(read_table(folder.path, load_adapter("isic2019")), DataError);
  const CheckReport report = check_dataset(read_table(folder.path, load_adapter("isic2019"), BadRows::kCollect));
  BOOST_TEST(!report.usable());
  BOOST_TEST(report.images == 37u);
  BOOST_TEST(report.bad_rows.size() == 4u);
  BOOST_TEST(has(report.bad_rows, ":4: two labels, 'MEL' and 'NV'"));
  BOOST_TEST(has(report.bad_rows, ":6: image 'ISIC_0000004' has a label but no row in"));
  BOOST_TEST(has(report.bad_rows, ":8: sex 'm'"));
  BOOST_TEST(has(report.bad_rows, "image 'ISIC_0000009' is already on line 11"));
  BOOST_TEST(has(report.problems, "4 rows that cannot be used"));
  BOOST_TEST(report.without_label.empty());
  BOOST_TEST(report_to_json(report)["bad_rows"].size() == 4u);
  BOOST_TEST(report_to_text(report).find("bad row: ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(copies_are_found_as_bytes_and_by_looks) {
  fs::copy_file(image(7), image(8), fs::copy_options::overwrite_existing);
  Picture brighter = pictures[10];
  for (auto& value : brighter.pixels) value = static_cast<std::uint8_t>(std::min(255, value + 12));
  write_picture(image(11), brighter, 60);
  const CheckReport report = check();
  BOOST_TEST(report.usable());
  BOOST_REQUIRE(report.exact.size() == 1u);
  BOOST_TEST(report.exact[0] == (std::vector<std::string>{"ISIC_0000007", "ISIC_0000008"}),
             boost::test_tools::per_element());
  BOOST_REQUIRE(report.near.size() == 1u);
  BOOST_TEST(report.near[0].first == "ISIC_0000010");
  BOOST_TEST(report.near[0].second == "ISIC_0000011");
  BOOST_TEST(report.warnings.size() == 2u);
}

BOOST_AUTO_TEST_CASE(images_alike_are_those_of_different_lesions_among_the_selected) {
  fs::copy_file(image(7), image(8), fs::copy_options::overwrite_existing);
  write_picture(image(11), pictures[10], 60);
  write_picture(image(21), pictures[20], 50);
  write_picture(image(31), pictures[30], 50);
  write_file(image(3), "");
  samples[20].lesion = samples[21].lesion = "L";
  write_tables(folder.path, samples);
  const Table table = read_table(folder.path, load_adapter("isic2019"));
  RowIndices selected(31);  // without the last pair
  std::iota(selected.begin(), selected.end(), std::size_t{0});
  const RowPairs expected{{7, 8}, {10, 11}};
  BOOST_TEST((find_alike(table, selected) == expected));
}

BOOST_AUTO_TEST_CASE(near_copies_within_a_lesion_are_views) {
  samples[20].lesion = samples[21].lesion = "L";
  write_tables(folder.path, samples);
  write_picture(image(21), pictures[20], 50);
  const CheckReport report = check();
  BOOST_TEST(report.near.empty());
  BOOST_TEST(report.near_views == 1u);
  BOOST_TEST(report.lesions == 39u);
}

BOOST_AUTO_TEST_CASE(an_empty_group_and_an_empty_class_are_told_apart) {
  for (auto& sample : samples) {
    if (sample.sex == "male") sample.sex = "";
    if (sample.label == "VASC") sample.label = "NV";
  }
  write_tables(folder.path, samples);
  write_picture(folder.path / kImages / "ISIC_7777777.jpg", pictures[0]);
  const CheckReport report = check();
  BOOST_TEST(has(report.problems, "group male (sex)"));
  BOOST_TEST(has(report.warnings, "class VASC"));
  BOOST_TEST(has(report.warnings, "1 image files without label"));
  BOOST_TEST(report.without_label[0] == "ISIC_7777777.jpg");
}

BOOST_AUTO_TEST_CASE(a_resized_copy_looks_the_same_and_a_mirrored_one_does_not) {
  SynthRow row{};
  row.lesion_seed = row.view_seed = 5;
  const auto thumbnail = [](const Picture& picture) {
    std::vector<std::uint8_t> pixels(Thumbnail::kSide * Thumbnail::kSide * 3);
    ImageDecoder().decode_square(encode_jpeg(picture, 85), Thumbnail::kSide, pixels, "x");
    return make_thumbnail(pixels);
  };
  Picture large = draw_lesion(row, 96);
  const Thumbnail first = thumbnail(large);
  Picture small{.width = 48, .height = 48, .pixels = std::vector<std::uint8_t>(48 * 48 * 3)};
  ImageDecoder().decode_square(encode_jpeg(large, 95), 48, small.pixels, "x");
  BOOST_TEST(nearly_same(first, thumbnail(small)));
  for (int y = 0; y < 96; ++y) {
    for (int x = 0; x < 48; ++x) {
      for (int c = 0; c < 3; ++c) {
        std::swap(large.pixels[static_cast<std::size_t>((y * 96 + x) * 3 + c)],
                  large.pixels[static_cast<std::size_t>((y * 96 + 95 - x) * 3 + c)]);
      }
    }
  }
  BOOST_TEST(!nearly_same(first, thumbnail(large)));
}

BOOST_AUTO_TEST_SUITE_END()
