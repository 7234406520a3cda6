#include "searches/session/flags.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "harness/base/error.h"
#include "tests/base/fixture.h"

using namespace flnas;
using namespace flnas::searches;

namespace {

/// The heading of every field of a request.
std::map<std::string, std::string> headings() {
  std::map<std::string, std::string> found;
  const SearchRequest request;
  SearchRequest::for_each_field(request, [&](const char* name, const auto&, const char*,
                                             const FieldTraits& traits = {}) { found[name] = traits.group; });
  return found;
}

void refused(const SearchRequest& request, const std::string& message) {
  BOOST_CHECK_EXCEPTION(require_flags_of(request), ConfigError,
                        [&](const Error& error) { return error.what() == message; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(flags)

BOOST_AUTO_TEST_CASE(the_table_names_fields_that_there_are_each_once_and_all_that_stand_under_a_space_s_heading) {
  const auto fields = headings();
  std::set<std::string> named;
  for (const FlagUse& use : flag_uses()) {
    for (const auto& field : use.fields) {
      BOOST_TEST(fields.contains(field), field);
      BOOST_TEST(named.insert(field).second, field << " is there twice");
    }
  }
  for (const auto& [field, heading] : fields) {
    const bool of_space = heading == kOnCnn || heading == kOnTables || heading == kOnAutoFormer || heading == kTraining;
    if (of_space && field != "seed") BOOST_TEST(named.contains(field), field);
  }
}

BOOST_AUTO_TEST_CASE(a_flag_of_another_space_or_strategy_is_refused_and_a_shared_one_is_not) {
  SearchRequest request;
  request.space = "autoformer-tiny";
  request.strategy = "random";
  request.train.size = 16;
  request.train.seed = 7;
  request.budget = 5;
  require_flags_of(request);
  request.train.epochs = 3;
  refused(request, "--epochs is for another space, and this one is autoformer-tiny: it is for cnn");
  request.space = kCnn;
  require_flags_of(request);
  request.predictor_cells = 3;
  refused(request, "--predictor-cells is for another space, and this one is cnn: it is for nas_bench_201");
  request.predictor_cells = SearchRequest{}.predictor_cells;
  request.frozen_head = 1;
  refused(request, "--frozen-head is for strategy fahana, and this one is random");
  request.strategy = "";  // a comparison, in which fahana may be
  require_flags_of(request);
}

BOOST_AUTO_TEST_SUITE_END()
