#include "harness/study/reproduction.h"

#include "harness/base/error.h"
#include "harness/base/folder_lock.h"
#include "harness/study/models.h"
#include "tests/study/fixture.h"

using namespace flnas;
using study::ReproduceRequest;
using test::contains;
using test::message_of;

namespace {

struct Reproductions : test::Study {
  std::string refusal(const ReproduceRequest& request) const {
    return message_of<ConfigError>([&] { study::reproduce(request, registry, {"tiny"}); });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(reproduction, Reproductions)

BOOST_AUTO_TEST_CASE(wrong_settings_are_refused_before_anything_is_written) {
  const auto out = path / "out";
  BOOST_TEST(contains(refusal({.profile = "quikc", .out = out}), "did you mean 'quick'"));
  BOOST_TEST(contains(refusal({.seeds = -1, .out = out}), "--seeds must be above 0"));
  BOOST_TEST(contains(refusal({.folds = 3, .out = out}), "--folds needs --protocol crossfit, not clean"));
  BOOST_TEST(contains(refusal({.protocol = "crossfit", .folds = 1, .out = out}), "--folds 1: expected 2 to"));
  BOOST_TEST(contains(refusal({.jobs = -2, .out = out}), "--jobs must be above 0"));
  BOOST_TEST(contains(refusal({.slurm_options = "x", .out = out}), "--slurm-options needs --slurm"));
  BOOST_TEST(contains(refusal({.models = {"tiny", "tiny"}, .out = out}), "there twice"));
  BOOST_TEST(!std::filesystem::exists(out));
}

BOOST_AUTO_TEST_CASE(a_model_with_a_mitigation_is_a_row_of_its_own) {
  const auto models = study::reproduced_models(registry, {"tiny", "tiny@reweight"});
  BOOST_TEST(models[0].mitigation == "none");
  BOOST_TEST(models[1].model == "tiny");
  BOOST_TEST(models[1].name == "tiny@reweight");
  BOOST_TEST(models[1].mitigation == "reweight");
  const auto refused = [&](const std::vector<std::string>& names) {
    return message_of<ConfigError>([&] { study::reproduced_models(registry, names); });
  };
  BOOST_TEST(contains(refused({"tiny@rewieght"}), "mitigation must be one of none, reweight"));
  BOOST_TEST(contains(refused({"tiny@reweight", "tiny@reweight"}), "there twice"));
}

BOOST_AUTO_TEST_CASE(two_at_once_on_one_folder_are_told_apart) {
  const FolderLock other(path / "out", "reproducing");
  const auto text = message_of<Error>([&] { study::reproduce({.out = path / "out"}, registry, {"tiny"}); });
  BOOST_TEST(contains(text, "is reproducing there; wait until it has ended"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_holds_something_else_is_left_alone) {
  write_file(path / "other/notes.txt", "mine");
  BOOST_TEST(contains(refusal({.out = path / "other"}), "not empty and not a reproduction"));
  BOOST_TEST(read_file(path / "other/notes.txt") == "mine");
}

BOOST_AUTO_TEST_SUITE_END()
