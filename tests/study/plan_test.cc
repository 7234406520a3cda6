#include "harness/study/plan.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "tests/study/fixture.h"

using namespace flnas;

BOOST_FIXTURE_TEST_SUITE(plan, test::Study)

BOOST_AUTO_TEST_CASE(all_images_may_be_asked_for_and_the_profile_says_how_many_otherwise) {
  study::ReproduceRequest request;
  request.profile = "cpu";
  request.models = {"tiny"};
  const auto made = [&](int images) {
    request.images = images;
    return study::make_plan(request, registry, {"tiny"});
  };
  BOOST_TEST(made(-1).profile.images == study::load_profile("cpu").images);
  const study::Plan all = made(0);
  BOOST_TEST(all.profile.images == 0);
  BOOST_TEST((std::ranges::find(all.overrides, "--images 0") != all.overrides.end()));
  BOOST_TEST(made(7).profile.images == 7);
  BOOST_CHECK_THROW(made(-2), ConfigError);
}

BOOST_AUTO_TEST_SUITE_END()
