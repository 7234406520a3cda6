#include <boost/test/unit_test.hpp>

#include "harness/evaluation/questions/questions.h"
#include "tests/records/questions_fixture.h"

namespace flnas {
namespace {

using test::QuestionStudy;

const QuestionAnswer* answer_of(const QuestionsRecord& record, const std::string& question) {
  const auto found = std::ranges::find(record.answers, question, &QuestionAnswer::question);
  return found == record.answers.end() ? nullptr : &*found;
}

std::vector<Evidence> evidence_of(const QuestionAnswer& answer, const std::string& of, const std::string& against) {
  std::vector<Evidence> found;
  for (const Evidence& each : answer.evidence) {
    if (each.of == of && each.against == against && each.subject != "fair network") found.push_back(each);
  }
  return found;
}

BOOST_AUTO_TEST_SUITE(domains, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(a_study_of_other_data_beside_is_a_domain_with_its_slope_and_its_networks) {
  const QuestionStudy images("study", "clean", 0, "images"), people("other", "clean", 0, "people");
  const QuestionsRecord record = answer_questions(images.out(), QuestionStudy::roles(), {people.out()});
  const QuestionAnswer* found = answer_of(record, kDomains);
  BOOST_REQUIRE(found != nullptr);
  // The same answers in both: each slope is that of the question of one study, and so is their mean.
  const double slope = *answer_of(record, kSmallerFairer)->evidence.front().value;
  for (const char* domain : {"images", "people"}) {
    const auto slopes = evidence_of(*found, "network", domain);
    BOOST_TEST_REQUIRE(slopes.size() == 1u);
    BOOST_TEST(*slopes[0].value == slope);
    BOOST_TEST(slopes[0].n == 4);
    BOOST_TEST(slopes[0].p.has_value());
    const auto networks = evidence_of(*found, "parameter", domain);
    BOOST_TEST(networks.size() == 4u);  // a mitigation is no network
    for (const Evidence& network : networks) {
      if (network.subject == "search1") BOOST_TEST(network.n == 300'000);
      BOOST_TEST(network.low.has_value());  // of two trainings
    }
  }
  const auto mean = evidence_of(*found, "domain", "");
  BOOST_TEST_REQUIRE(mean.size() == 1u);
  BOOST_TEST(*mean[0].value == slope);
  BOOST_TEST(mean[0].n == 2);
  BOOST_TEST(std::ranges::count(found->evidence, "fair network", &Evidence::subject) == 2);
}

BOOST_AUTO_TEST_CASE(a_study_of_the_same_data_is_no_domain_of_its_own) {
  const QuestionStudy study("study", "clean", 0, "images"), again("other", "clean", 0, "images");
  BOOST_TEST((answer_of(answer_questions(study.out(), QuestionStudy::roles()), kDomains) == nullptr));
  BOOST_TEST((answer_of(answer_questions(study.out(), QuestionStudy::roles(), {again.out()}), kDomains) == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
