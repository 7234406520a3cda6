#include <boost/test/unit_test.hpp>

#include "tests/apps/fixture.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

/// One clear line with all the parts, and the exit code of DESIGN section 3.
void check(const ProcessResult& result, int exit_code, const std::vector<std::string>& parts) {
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == exit_code);
  for (const auto& part : parts) {
    BOOST_TEST_INFO(result.output);
    BOOST_TEST(contains(result.output, part), "no '" << part << "'");
  }
  BOOST_TEST(contains(result.output, "error: "));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bad_input, tests::Program)

BOOST_AUTO_TEST_CASE(unknown_names_are_answered_with_the_nearest_valid_one) {
  check(run("trian"), 2, {"unknown command 'trian'", "did you mean 'train'"});
  check(run("train search3 --data data --split split.json --out r --epoch-s 3"), 2,
        {"unknown flag", "did you mean '--epochs'"});
  check(run("train resnet81 --data data --split split.json --out r"), 2, {"unknown model 'resnet81'", "resnet18"});
  check(run("reproduce --profile quikc --out r"), 2, {"unknown profile 'quikc'", "quick"});
  check(run("train search3 --data data --split split.json --out r --task binry"), 2, {"binry", "binary"});
}

BOOST_AUTO_TEST_CASE(every_wrong_setting_is_named_at_once) {
  check(run(tests::Program::train("r", "--lr -1 --batch 1 --schedule linear")), 2,
        {"lr must be above 0", "batch must be at least 2", "schedule must be one of constant, cosine"});
}

BOOST_AUTO_TEST_CASE(missing_and_foreign_data_are_data_errors) {
  check(run("train search3 --data nowhere --split split.json --out r"), 3, {"nowhere"});
  check(run("train search3 --data data --split nowhere.json --out r"), 3, {"nowhere.json"});
  write_synthetic(root / "other", {.images = 100, .size = 16, .seed = 4});
  check(run("train search3 --data other --split split.json --out r"), 3, {"split.json"});
  BOOST_TEST(!std::filesystem::exists(root / "r"));
}

BOOST_AUTO_TEST_CASE(a_truncated_image_is_named_and_nothing_is_left_behind) {
  const auto images = root / "data/ISIC_2019_Training_Input";
  const auto image = std::filesystem::directory_iterator(images)->path();
  std::filesystem::resize_file(image, 200);
  check(run(tests::Program::train("r")), 3, {image.filename().string()});
  BOOST_TEST(!std::filesystem::exists(root / "r"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_a_failure) {
  check(run("dataset split data --out /proc/split.json --images 0"), 1, {"/proc/split.json"});
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_a_failure_and_a_finished_run_stays) {
  BOOST_TEST(run(tests::Program::train("r")).exit_code == 0);
  const std::string before = text("r/run.json");
  // A file may not grow beyond 4 blocks of 512 bytes: every checkpoint is larger.
  const auto result =
      shell("ulimit -f 4; trap '' XFSZ; " + std::string(FLNAS_PROGRAM) + " " + tests::Program::train("full"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == 1);
  BOOST_TEST(contains(result.output, "error: "));
  BOOST_TEST(!std::filesystem::exists(root / "full/checkpoint.pt"));
  BOOST_TEST(text("r/run.json") == before);
}

BOOST_AUTO_TEST_CASE(a_run_of_another_configuration_is_kept) {
  BOOST_TEST(run(tests::Program::train("r")).exit_code == 0);
  check(run(tests::Program::train("r", "--lr 0.5")), 2, {"lr", "0.5", "choose another --out"});
}

BOOST_AUTO_TEST_CASE(evaluating_a_model_without_weights_says_how_to_get_them) {
  check(run("evaluate search3 --data data --out p.csv"), 2, {"search3", "flnas train"});
}

BOOST_AUTO_TEST_SUITE_END()
