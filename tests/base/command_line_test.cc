#include "harness/base/command_line.h"

#include "tests/base/fixture.h"

namespace flnas {
namespace {

struct Training {
  double lr = 1e-3;
  std::string class_weights = "balanced";

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("lr", self.lr, "learning rate");
    visit("class_weights", self.class_weights, "balanced or none", {.value = "balanced|none"});
  }
};

struct Request {
  static constexpr char kCommand[] = "flnas train";
  std::vector<std::string> models;
  std::filesystem::path out;
  std::vector<int> batch;
  std::string options;
  bool quiet = false;
  bool color = true;
  Training training;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("models", self.models, "", {.positional = true});
    visit("out", self.out, "", {.value = "DIR", .required = true});
    visit("batch", self.batch, "");
    visit("options", self.options, "");
    visit("quiet", self.quiet, "");
    visit("color", self.color, "");
    visit_part(self.training, "Training", visit);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(command_line_of_settings)

BOOST_AUTO_TEST_CASE(a_request_of_defaults_is_its_command_alone) { BOOST_TEST(command_of(Request{}) == "flnas train"); }

BOOST_AUTO_TEST_CASE(only_what_differs_from_the_defaults_is_repeated_with_positional_words_first) {
  Request request;
  request.out = "my runs";
  request.models = {"a", "b"};
  request.batch = {1, 8};
  request.quiet = true;
  request.color = false;
  request.training.class_weights = "none";
  request.training.lr = 0.1;
  BOOST_TEST(command_of(request) ==
             "flnas train a b --out 'my runs' --batch 1,8 --quiet --color=false --lr 0.1 --class-weights none");
}

BOOST_AUTO_TEST_CASE(a_value_that_looks_like_a_flag_is_tied_to_its_own) {
  Request request;
  request.options = "--partition=gpu";
  BOOST_TEST(command_of(request) == "flnas train --options=--partition=gpu");
}

BOOST_AUTO_TEST_CASE(the_fields_of_a_part_are_fields_of_the_whole_under_its_heading) {
  std::vector<std::string> groups;
  const Request request;
  Request::for_each_field(request, [&](const char*, const auto&, const char*, const FieldTraits& traits = {}) {
    groups.push_back(traits.group);
  });
  BOOST_TEST(groups.size() == 8U);
  BOOST_TEST(groups.front() == "");
  BOOST_TEST(groups.back() == "Training");
  BOOST_TEST(config_to_json(request).at("lr") == 1e-3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace flnas
