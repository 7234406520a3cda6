#include "searches/session/flags.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "harness/base/error.h"
#include "searches/proxies/proxy_settings.h"
#include "searches/session/completed.h"
#include "searches/session/spaces.h"
#include "searches/spaces/autoformer/subnet_settings.h"
#include "searches/spaces/cnn/cnn_settings.h"
#include "searches/spaces/nas_bench_201/tables/table_settings.h"
#include "searches/training/training_settings.h"
#include "tests/base/fixture.h"

using namespace flnas;
using namespace flnas::searches;

namespace {

/// By that space and evaluator, which is its first one where it is blank.
SearchRequest on(const std::string& space, const std::string& evaluator = "") {
  SearchRequest request;
  request.space = space;
  request.evaluator = evaluator;
  request.strategy = "random";
  return request;
}

void refused(const SearchRequest& request, const std::string& message) {
  BOOST_CHECK_EXCEPTION(require_flags_of(request), ConfigError, [&](const Error& error) {
    BOOST_TEST(error.what() == message);
    return true;
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(flags)

BOOST_AUTO_TEST_CASE(a_flag_of_another_space_evaluator_or_strategy_is_refused_and_a_shared_one_is_not) {
  SearchRequest request = on("autoformer-tiny");
  request.train.size = 16;
  request.train.seed = 7;
  request.budget = 5;
  require_flags_of(request);
  request.train.epochs = 3;
  refused(request, "--epochs is for another space, and this one is autoformer-tiny: it is for cnn, mlp");
  request.space = "cnn";
  require_flags_of(request);
  request.evaluator = "proxies";
  refused(request, "--epochs is for --evaluator train, and this search of cnn is evaluated by proxies");
  request = on("cnn");
  request.own.of<TableSettings>().predictor_cells = 3;
  refused(request, "--predictor-cells is for another space, and this one is cnn: it is for nas_bench_201");
  request = on("cnn");
  request.own.of<CnnTrainingSettings>().frozen_head = 1;
  refused(request, "--frozen-head is for strategy fahana, and this one is random");
  request.strategy = "";  // a comparison, in which fahana may be
  require_flags_of(request);
  request = on("cnn");
  request.own.of<TrainingSettings>().repeats = 3;
  refused(request, "--repeats is for strategy flnas and llmnas, and this one is random");
}

BOOST_AUTO_TEST_CASE(every_space_and_evaluator_takes_its_own_flags_and_refuses_all_others) {
  SearchRequest all;
  for (const SpaceEntry& space : space_entries()) {
    for (const EvaluatorEntry& evaluator : space.evaluators) {
      const auto names = evaluator.settings.names();
      for (const std::string& name : all.own.names()) {
        BOOST_TEST_CONTEXT(space.name << " by " << evaluator.name << ", " << name) {
          SearchRequest request = on(space.name, evaluator.name);
          request.strategy = "";
          OwnSettings::for_each_field(
              request.own, [&]<class Value>(const std::string& field, Value& value, const char*, const FieldTraits&) {
                if (field != name) return;
                if constexpr (std::is_arithmetic_v<Value>) {
                  value = static_cast<Value>(value + 1);
                } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
                  value.emplace_back("another");
                } else {
                  value = "another";
                }
              });
          if (std::find(names.begin(), names.end(), name) != names.end()) {
            require_flags_of(request);
          } else {
            BOOST_CHECK_THROW(require_flags_of(request), ConfigError);
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_flags_that_are_given_say_which_space_is_meant) {
  SearchRequest request;
  BOOST_TEST(spaces_meant(request).empty());
  request.own.of<TableSettings>().tables = "tables";
  BOOST_TEST(spaces_meant(request) == std::vector<std::string>{"nas_bench_201"}, boost::test_tools::per_element());
  request.own.of<DataSettings>().data.folder = "data";
  BOOST_TEST(spaces_meant(request).size() == 3u);
  request.own.of<DataSettings>().data.split = "split.json";  // and a flag too many
  BOOST_TEST(spaces_meant(request) == (std::vector<std::string>{"cnn", "mlp"}), boost::test_tools::per_element());
  request = SearchRequest();
  request.own.of<ProxySettings>().proxies = {"params"};
  BOOST_TEST(spaces_meant(request).size() > 1u);
  request.own.of<SubnetSettings>().classes = 2;
  for (const std::string& space : spaces_meant(request)) BOOST_TEST(space.starts_with("autoformer-"), space);
}

BOOST_AUTO_TEST_CASE(a_request_is_completed_by_the_row_of_its_evaluator) {
  SearchRequest request = on("cnn", "proxies");
  BOOST_TEST(completed(request).budget == 100);
  request.own.of<DataSettings>().data.folder = "data";
  BOOST_CHECK_EXCEPTION(completed(request), ConfigError, [](const Error& error) {
    return test::contains(error.what(), "--space cnn needs both of --data DIR and --split FILE, or neither");
  });
  request.evaluator = "table";
  BOOST_CHECK_EXCEPTION(completed(request), ConfigError, [](const Error& error) {
    return test::contains(error.what(), "--evaluator table: space cnn is evaluated by train or proxies");
  });
  request.evaluator = "proxy";
  BOOST_CHECK_EXCEPTION(completed(request), ConfigError,
                        [](const Error& error) { return test::contains(error.what(), "did you mean 'proxies'?"); });
}

BOOST_AUTO_TEST_SUITE_END()
