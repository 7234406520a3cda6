#include <boost/test/unit_test.hpp>

#include "harness/base/text.h"
#include "tests/cli/fixture.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

struct Completion : tests::Program {
  Completion() { write_file(root / "completion", run("completion bash").out); }
  /// What bash offers for the last of these words, each on a line.
  std::string offers(const std::string& words) const {
    return shell("bash -c 'source ./completion; COMP_WORDS=(" + words +
                 "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _flnas; printf \"%s\\n\" \"${COMPREPLY[@]}\"'")
        .output;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(completion, Completion)

BOOST_AUTO_TEST_CASE(commands_flags_and_values_are_completed) {
  BOOST_TEST(offers("flnas tra") == "train\n");
  BOOST_TEST(offers("flnas dataset sp") == "split\n");
  BOOST_TEST(offers("flnas train --class") == "--class-weights\n");
  BOOST_TEST(offers("flnas evaluate --precision b") == "bfloat16\n");
  BOOST_TEST(contains(offers("flnas train resnet"), "resnet18\n"));
  BOOST_TEST(offers("flnas train search3 --data da") == "data\n");
  BOOST_TEST(offers("flnas evaluate r --split sp") == "split.json\n");
}

BOOST_AUTO_TEST_CASE(a_value_like_a_command_s_name_does_not_change_the_command) {
  BOOST_TEST(offers("flnas train --name train --class") == "--class-weights\n");
}

BOOST_AUTO_TEST_SUITE_END()
