#include "harness/study/profile.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/base/fixture.h"

using namespace flnas;

BOOST_AUTO_TEST_SUITE(profile)

BOOST_AUTO_TEST_CASE(the_paper_profile_has_the_papers_geometry) {
  const auto profile = study::load_profile("paper");
  const TrainConfig config = profile.train_config("resnet34", 4);
  BOOST_TEST(config.size == 224);
  BOOST_TEST(config.batch == 8);
  BOOST_TEST(config.seed == 4U);
  BOOST_TEST(profile.images == 5000);
  BOOST_TEST(profile.seeds == 5);
  BOOST_TEST(profile.comparable);
}

BOOST_AUTO_TEST_CASE(only_the_paper_profile_may_be_compared_with_table_one) {
  for (const auto& name : study::profile_names()) {
    BOOST_TEST(study::load_profile(name).comparable == (name == "paper"));
  }
}

BOOST_AUTO_TEST_CASE(a_profile_may_train_heavy_models_for_fewer_epochs) {
  const auto profile = study::load_profile("quick");
  BOOST_TEST(profile.train_config("resnet34", 1).epochs < profile.train_config("search3", 1).epochs);
}

BOOST_AUTO_TEST_CASE(an_unknown_key_is_named_with_the_nearest) {
  const test::TemporaryFolder folder;
  const auto file = folder / "mine.json";
  write_file(file, R"({"name": "mine", "train": {"epoch": 3}})");
  BOOST_CHECK_EXCEPTION(study::load_profile(file), ConfigError, [](const ConfigError& error) {
    return std::string(error.what()).find("did you mean 'epochs'") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()
