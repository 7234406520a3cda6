// Image sets with another attribute than sex and age, in the layouts in which they are published; images are drawn.
#include <boost/test/unit_test.hpp>
#include <map>

#include "datasets/adapters/adapter_files.h"
#include "datasets/images/check.h"
#include "datasets/splits/split.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/images/made_images.h"
#include "tests/datasets/pictures.h"

using namespace flnas;
using namespace flnas::test;

namespace {

/// Persons with two images each, one of each class in turn.
constexpr int kDrawn = 120;

std::string text_of(const std::vector<std::uint8_t>& bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(skin_type)

BOOST_AUTO_TEST_CASE(pad_ufes_20_keeps_patients_together) {
  TemporaryFolder folder;
  const std::vector<std::string> classes = {"ACK", "BCC", "MEL", "NEV", "SCC", "SEK"};
  const std::vector<std::string> types = {"1.0", "2.0", "3.0", "4.0", "5.0", "6.0", ""};
  std::string table = "patient_id,lesion_id,smoke,age,gender,fitspatrick,region,diagnostic,itch,img_id,biopsed\n";
  for (int i = 0; i < kDrawn; ++i) {
    const int patient = i / 2;
    const std::string image = fmt::format("PAT_{}_{}_{}.png", patient, i, 7 * i);
    table += fmt::format("PAT_{},{},False,{},{},{},ARM,{},True,{},True\n", patient, i, 40 + patient % 40,
                         patient % 9 == 0 ? "" : (patient % 2 == 0 ? "FEMALE" : "MALE"), types[patient % types.size()],
                         classes[patient % classes.size()], image);
    write_file(folder / "images" / image, text_of(png(1)));
  }
  write_file(folder / "metadata.csv", table);
  const Table read = read_table(folder.path, load_adapter("pad_ufes_20"));
  BOOST_TEST(read.rows.size() == static_cast<std::size_t>(kDrawn));
  BOOST_TEST(unit_word(read.adapter) == "patient");
  // The first seven patients have the types in turn.
  const std::vector<int> expected = {0, 0, 1, 1, 2, 2, -1};
  for (std::size_t p = 0; p < expected.size(); ++p) BOOST_TEST(read.rows[2 * p].groups[0] == expected[p]);
  BOOST_TEST(read.adapter.task("").classes[1] == "yes");
  const CheckReport report = check_dataset(read);
  BOOST_TEST(report.usable());
  BOOST_TEST(report.lesions == kDrawn / 2u);
  const Split split = make_split(read, {.protocol = "clean", .images = 0});
  std::map<std::string, std::string> part_of;
  for (const char* part : {"train", "validation", "test"}) {
    for (const std::size_t row : read.find(split.subset(part))) {
      BOOST_TEST(part_of.emplace(read.rows[row].lesion, part).first->second == part);
    }
  }
}

BOOST_AUTO_TEST_CASE(fitzpatrick17k_has_unknown_types_and_no_units) {
  TemporaryFolder folder;
  const std::vector<std::string> classes = {"benign", "malignant", "non-neoplastic"};
  std::string table =
      "md5hash,fitzpatrick_scale,fitzpatrick_centaur,label,nine_partition_label,three_partition_label,qc,url,url_"
      "alphanum\n";
  for (int i = 0; i < kDrawn; ++i) {
    const std::string image = fmt::format("{:032x}", 1000 + i);
    table += fmt::format("{},{},3,psoriasis,inflammatory,{},,http://x/{},x\n", image, i % 7 == 6 ? -1 : 1 + i % 7,
                         classes[i % classes.size()], i);
    write_file(folder / "images" / (image + ".jpg"), text_of(encode_jpeg(gradient(24, 24, 0.4 * i), 90)));
  }
  write_file(folder / "fitzpatrick17k.csv", table);
  const Table read = read_table(folder.path, load_adapter("fitzpatrick17k"));
  BOOST_TEST(read.rows[6].groups[0] == -1);
  BOOST_TEST(read.rows[5].groups[0] == 2);
  BOOST_TEST(unit_word(read.adapter) == "image");
  BOOST_TEST(read.adapter.task("").positive == 1);
  BOOST_TEST(check_dataset(read).usable());
  BOOST_TEST(make_split(read, {.protocol = "crossfit", .images = 0, .folds = 3}).images().size() == read.rows.size());
  BOOST_CHECK_EXCEPTION(group_of(read.adapter.attributes[0], "7"), DataError,
                        says({"skin_type '7'", "outside 1 to 6"}));
}

BOOST_AUTO_TEST_SUITE_END()
