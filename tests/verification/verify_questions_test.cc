#include "harness/verification/verify_questions.h"

#include "tests/records/questions_fixture.h"
#include "tests/support/verify.h"

namespace flnas {
namespace {

using test::verify;

using test::QuestionStudy;
namespace fs = std::filesystem;

/// Failures of questions.json.
std::vector<std::string> broken(const Verification& found) {
  std::vector<std::string> rules;
  for (const auto& failure : found.failures) {
    if (failure.file.find(kQuestionsFile) != std::string::npos) rules.push_back(failure.rule);
  }
  return rules;
}

BOOST_AUTO_TEST_SUITE(verification_of_questions)

BOOST_AUTO_TEST_CASE(answers_as_written_are_valid_and_a_changed_figure_is_found) {
  const QuestionStudy study;
  write_questions(study.out(), QuestionStudy::roles());
  BOOST_TEST(broken(verify(study.out())).empty());
  Json json = read_json(study.out() / kQuestionsFile);
  json["answers"][0]["evidence"][0]["value"] = 0.5;
  write_json(study.out() / kQuestionsFile, json);
  const auto rules = broken(verify(study.out()));
  BOOST_TEST(rules == (std::vector<std::string>{"digest", "questions"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_lies_outside_of_the_verified_folder_is_not_read) {
  const QuestionStudy study;
  fs::create_directories(study.root() / "other");
  fs::copy(study.out(), study.root() / "other", fs::copy_options::recursive);
  write_questions(study.out(), QuestionStudy::roles(), {study.root() / "other"});
  const auto alone = verify(study.out());
  BOOST_TEST(broken(alone).empty());
  BOOST_TEST(std::any_of(alone.skipped.begin(), alone.skipped.end(),
                         [](const std::string& line) { return line.find("../other") != std::string::npos; }));
  BOOST_TEST(broken(verify(study.root())).empty());
  Reproduction changed = read_reproduction(study.root() / "other");
  changed.command += " --seeds 2";
  write_reproduction(study.root() / "other", changed);
  BOOST_TEST(broken(verify(study.root())) == std::vector<std::string>{"sha256"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
