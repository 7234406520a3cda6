#include "searches/training/design_sizes.h"

#include <boost/test/unit_test.hpp>

#include "searches/training/training_settings.h"
#include "tests/searches/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using test::contains;

BOOST_AUTO_TEST_SUITE(design_sizes)

BOOST_AUTO_TEST_CASE(a_limit_on_multiply_accumulates_keeps_designs_smaller) {
  CnnDefinition definition = load_cnn();
  const auto size_text = [&](std::int64_t most) {
    CnnDefinition limited = definition;
    limited.choices = ChoicesSettings{.file = {}, .max_macs = most}.limited(std::move(limited.choices));
    return design_sizes_text(CnnSpace(limited, {.classes = 2, .size = 16}, 8), "image");
  };
  BOOST_TEST(contains(size_text(0), "multiply-accumulates per image"));
  BOOST_TEST(contains(size_text(0), "--max-macs N keeps them smaller"));
  BOOST_TEST(size_text(0) == size_text(0));
  const std::string limited = size_text(5'000'000);
  const std::string macs = limited.substr(0, limited.find("multiply-accumulates"));
  BOOST_TEST(limited != size_text(0));
  BOOST_TEST(!macs.empty());
  BOOST_TEST(!contains(macs, " G"), macs);
  BOOST_TEST(size_text(1) == "");
  const ChoicesSettings asked{.file = {}, .max_macs = 5};
  BOOST_TEST(asked.limited(definition.choices).json["limits"]["macs"] == 5);  // as records keep it
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
