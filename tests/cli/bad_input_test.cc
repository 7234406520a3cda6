#include <boost/test/unit_test.hpp>

#include "tests/cli/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

/// The command fails with this exit code (DESIGN section 3), and what it says on stderr is one line with all the parts.
void check(const tests::Program& program, const std::string& arguments, int exit_code,
           const std::vector<std::string>& parts) {
  const auto result = program.run(arguments);
  BOOST_TEST_CONTEXT("flnas " << arguments << "\n" << result.errors) {
    BOOST_TEST(result.exit_code == exit_code);
    BOOST_TEST(result.errors.starts_with("error: "));
    BOOST_TEST(result.errors.find('\n') + 1 == result.errors.size(), "not exactly one line");
    for (const auto& part : parts) BOOST_TEST(contains(result.errors, part), "no '" << part << "'");
  }
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bad_input, tests::Program)

BOOST_AUTO_TEST_CASE(unknown_names_are_answered_with_the_nearest_valid_one) {
  check(*this, "trian", 2, {"unknown command 'trian'", "did you mean 'train'"});
  check(*this, "train search3 --data data --split split.json --out r --epoch-s 3", 2,
        {"unknown flag", "did you mean '--epochs'"});
  check(*this, "train resnet81 --data data --split split.json --out r", 2, {"unknown model 'resnet81'", "resnet18"});
  check(*this, "reproduce --profile quikc --out r", 2, {"unknown profile 'quikc'", "quick"});
  check(*this, "train search3 --data data --split split.json --out r --task binry", 2, {"binry", "binary"});
}

BOOST_AUTO_TEST_CASE(a_value_of_the_wrong_type_is_answered_with_a_right_one) {
  check(*this, "train search3 --data data --split split.json --out r --epochs abc", 2,
        {"--epochs cannot be 'abc'; give a whole number such as its default, 50"});
  check(*this, "train search3 --data data --split split.json --out r --lr fast", 2,
        {"--lr", "'fast'", "a number", "0.001"});
  check(*this, "reproduce --out r --seeds many", 2, {"--seeds cannot be 'many'; give a whole number"});
}

BOOST_AUTO_TEST_CASE(predictions_that_are_not_there_are_named_with_what_to_give) {
  check(*this, "metrics nofile.csv", 3, {"nofile.csv: no such file; give predictions"});
}

BOOST_AUTO_TEST_CASE(a_set_with_bad_rows_is_reported_whole_and_not_trained_on) {
  const std::string labels = "data/ISIC_2019_Training_GroundTruth.csv";
  std::string changed = text(labels);
  changed.replace(changed.find(",0.0"), 4, ",1.0");  // a second label
  write_file(root / labels, changed);
  const auto report = run("dataset check data");
  BOOST_TEST_INFO(report.output);
  BOOST_TEST(report.exit_code == 3);
  BOOST_TEST(contains(report.output, "bad row"));
  BOOST_TEST(contains(report.output, "NOT usable"));
  check(*this, tests::Program::train("r"), 3, {"two labels"});
}

BOOST_AUTO_TEST_CASE(every_wrong_setting_is_named_at_once) {
  check(*this, tests::Program::train("r", "--lr -1 --batch 1 --schedule linear"), 2,
        {"lr must be above 0", "batch must be at least 2", "schedule must be one of constant, cosine"});
}

BOOST_AUTO_TEST_CASE(missing_and_foreign_data_are_data_errors) {
  check(*this, "train search3 --data nowhere --split split.json --out r", 3, {"nowhere"});
  check(*this, "train search3 --data data --split nowhere.json --out r", 3, {"nowhere.json"});
  write_synthetic(root / "other", {.images = 100, .size = 16, .seed = 4});
  check(*this, "train search3 --data other --split split.json --out r", 3, {"split.json"});
  BOOST_TEST(!std::filesystem::exists(root / "r"));
}

BOOST_AUTO_TEST_CASE(a_truncated_image_is_named_and_nothing_is_left_behind) {
  const auto images = root / "data/ISIC_2019_Training_Input";
  const auto image = std::filesystem::directory_iterator(images)->path();
  std::filesystem::resize_file(image, 200);
  check(*this, tests::Program::train("r"), 3, {image.filename().string()});
  BOOST_TEST(!std::filesystem::exists(root / "r"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_a_failure) {
  check(*this, "dataset split data --out /proc/split.json --images 0", 1, {"/proc/split.json"});
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_a_failure_and_a_finished_run_stays) {
  BOOST_TEST(run(tests::Program::train("r")).exit_code == 0);
  const std::string before = text("r/run.json");
  // A file may not grow beyond 4 blocks of 512 bytes: every checkpoint is larger.
  const auto result =
      shell("ulimit -f 4; trap '' XFSZ; " + tests::flnas_program() + " " + tests::Program::train("full"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == 1);
  BOOST_TEST(contains(result.output, "error: "));
  BOOST_TEST(!std::filesystem::exists(root / "full/checkpoint.pt"));
  BOOST_TEST(text("r/run.json") == before);
}

BOOST_AUTO_TEST_CASE(a_run_of_another_configuration_is_kept) {
  BOOST_TEST(run(tests::Program::train("r")).exit_code == 0);
  check(*this, tests::Program::train("r", "--lr 0.5"), 2, {"lr", "0.5", "choose another --out"});
}

BOOST_AUTO_TEST_CASE(evaluating_a_model_without_weights_says_how_to_get_them) {
  check(*this, "evaluate search3 --data data --out p.csv", 2, {"search3", "flnas train"});
}

BOOST_AUTO_TEST_SUITE_END()
