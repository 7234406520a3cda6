#include <boost/test/unit_test.hpp>

#include "reports/data/questions.h"
#include "reports/figures/figures.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

Evidence slope(const std::string& domain, double value, const std::string& of = "network") {
  Evidence made{"tenfold parameters", domain, "unfairness_sum", value, value - 0.01, value + 0.01, {}, 4, of};
  if (of == "network") made.p = 0.5;
  return made;
}

Evidence network(const std::string& name, const std::string& domain, double unfairness, std::int64_t parameters) {
  return {name, domain, "unfairness_sum", unfairness, {}, {}, {}, parameters, "parameter"};
}

ReportInputs with_domains(double mean) {
  ReportInputs inputs = load_report_inputs(fixture());
  QuestionAnswer answer{kDomains, "", {slope("images", mean), slope("people", mean), slope("", mean, "domain")}};
  answer.evidence.push_back({"fair network", "people", "unfairness_sum", 0.1, 0.05, 0.15, {}, 4, "network"});
  for (const char* domain : {"images", "people"}) {
    answer.evidence.push_back(network("small", domain, 0.2, 10'000));
    answer.evidence.push_back(network("large", domain, 0.3, 10'000'000));
  }
  Questions& questions = inputs.questions.emplace();
  questions.record.answers = {answer};
  return inputs;
}

BOOST_AUTO_TEST_SUITE(domains_in_reports)

BOOST_AUTO_TEST_CASE(the_mean_over_domains_decides_and_each_domain_is_told) {
  const auto answered = answered_questions(with_domains(0.05));
  BOOST_TEST_REQUIRE(answered.size() == 1u);
  BOOST_TEST(answered[0].question == "Is smaller fairer in every domain?");
  BOOST_TEST(answered[0].verdict == "Yes");
  BOOST_TEST(answered[0].detail ==
             "with ten times as many parameters Unfairness changes on images by 0.050 [0.040, 0.060] (p = 0.500, n = 4 "
             "networks), on people by 0.050 [0.040, 0.060] (p = 0.500, n = 4 networks); in the mean over 4 domains by "
             "0.050 [0.040, 0.060]");
  BOOST_TEST(answered_questions(with_domains(-0.05))[0].verdict == "No");
  BOOST_TEST(answered_questions(with_domains(0.005))[0].verdict == "Not shown");
}

BOOST_AUTO_TEST_CASE(the_figure_has_every_network_of_every_domain_and_needs_two_domains) {
  const auto figure = domains_figure(with_domains(0.05));
  BOOST_REQUIRE(figure.has_value());
  for (const char* data : {"$networks0", "$networks1", "$line0", "$line1", "$chance1"}) {
    BOOST_TEST(figure->script.find(data) != figure->script.npos, data);
  }
  BOOST_TEST(figure->script.find("$chance0") == figure->script.npos);  // its fair networks are not known
  ReportInputs one = with_domains(0.05);
  auto& evidence = one.questions->record.answers[0].evidence;
  std::erase_if(evidence, [](const Evidence& each) { return each.against == "people"; });
  BOOST_TEST(!domains_figure(one).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
