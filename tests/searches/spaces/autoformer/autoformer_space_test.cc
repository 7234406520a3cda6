#include "searches/spaces/autoformer/autoformer_space.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "harness/base/error.h"
#include "searches/spaces/autoformer/subnet_operators.h"

namespace {

using namespace flnas;
using namespace flnas::searches;

constexpr nn::ModelOptions kOptions{.classes = 1000, .size = 224};

/// Whether the space has it: its JSON form is read strictly.
bool is_legal(const nn::AutoFormer& subnet) {
  try {
    nn::parse_autoformer(nn::to_json(subnet), "subnet");
  } catch (const ConfigError& error) {
    BOOST_TEST_MESSAGE(error.what());
    return false;
  }
  return true;
}

BOOST_AUTO_TEST_SUITE(autoformer_space)

BOOST_AUTO_TEST_CASE(operators_stay_in_the_space_and_change_something) {
  Random random(1);
  for (const auto& space : nn::autoformer_spaces()) {
    std::set<std::int64_t> widths, depths;
    for (int i = 0; i < 300; ++i) {
      const auto first = random_subnet(space, space.widths[random.below(3)], space.depths[random.below(3)], random);
      const auto second = random_subnet(space, space.widths[random.below(3)], space.depths[random.below(3)], random);
      const auto child = mutated(first, random), cross = crossed(first, second, random);
      BOOST_TEST_REQUIRE((is_legal(first) && is_legal(child) && is_legal(cross)));
      BOOST_TEST((cross.width == first.width || cross.width == second.width));
      BOOST_TEST((cross.depth() == first.depth() || cross.depth() == second.depth()));
      widths.insert(child.width), depths.insert(child.depth());
    }
    BOOST_TEST(widths.size() == 3u);
    BOOST_TEST(depths.size() == 3u);
  }
}

BOOST_AUTO_TEST_CASE(neighbours_are_one_edit_away) {
  Random random(2);
  const auto& space = nn::autoformer_space("autoformer-small");
  const auto subnet = random_subnet(space, 384, 13, random);
  const auto all = neighbours_of(subnet);
  BOOST_TEST(all.size() == 2 + 13 * (2 + 2) + 2);
  std::set<std::string> texts = {subnet_text(subnet)};
  for (const auto& one : all) {
    BOOST_TEST(is_legal(one));
    BOOST_TEST(texts.insert(subnet_text(one)).second, subnet_text(one));
  }
}

BOOST_AUTO_TEST_CASE(texts_are_read_back_and_bad_ones_refused) {
  const auto& space = nn::autoformer_space("autoformer-tiny");
  const auto subnet = nn::published_autoformers()[0];
  const std::string text = subnet_text(subnet);
  BOOST_TEST(text == "192: 3x3.5 3x3.5 3x3 3x3.5 3x3 3x3 3x4 3x4 3x3.5 3x4 4x3.5 3x4 3x3.5");
  const auto again = read_subnet(text, space);
  BOOST_TEST((again.width == subnet.width && again.layers == subnet.layers));
  for (const char* bad : {"", "192", "192: 3", "192: 3x", "192: 3x3.5x4", "wide: 3x3",
                          "200: 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3", "192: 3x3 3x3",
                          "192: 9x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3"}) {
    BOOST_CHECK_THROW(read_subnet(bad, space), ConfigError);
  }
}

BOOST_AUTO_TEST_CASE(niches_divide_the_space_by_width_and_depth) {
  Random random(3);
  for (const auto& [partition, count] :
       {std::pair{"width-depth", 9}, std::pair{"width", 3}, std::pair{"depth", 3}, std::pair{"none", 1}}) {
    const AutoFormerSearchSpace space("autoformer-base", partition, kOptions);
    BOOST_TEST(space.niches() == count);
    for (int niche = 0; niche < count; ++niche) {
      const auto candidate = space.sample(niche, random);
      BOOST_TEST_REQUIRE(candidate.has_value());
      BOOST_TEST(space.niche_of(*candidate) == niche);
      BOOST_TEST(!space.niche_text(niche).empty());
    }
  }
  BOOST_CHECK_THROW(AutoFormerSearchSpace("autoformer-base", "widht", kOptions), ConfigError);
  BOOST_CHECK_THROW(AutoFormerSearchSpace("autoformer-huge", "none", kOptions), ConfigError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
