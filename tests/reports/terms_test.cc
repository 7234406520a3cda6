// Words that a page uses link to where the page explains them.
#include <boost/test/unit_test.hpp>
#include <regex>
#include <set>

#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

/// The first group of every match.
std::set<std::string> found(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::set<std::string> parts;
  for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match) {
    parts.insert((*match)[1]);
  }
  return parts;
}

BOOST_AUTO_TEST_SUITE(terms)

BOOST_AUTO_TEST_CASE(marks_and_metrics_link_to_rows_that_explain_them) {
  const std::string html = to_html(build_document(load_report_inputs(fixture())));
  const auto addresses = found(html, R"(href="#((?:glossary|metric_definitions)-[^"]*)\")");
  const auto rows = found(html, R"(<tr id="([^"]*)\")");
  BOOST_TEST(addresses.contains("glossary-approximate"));
  BOOST_TEST(addresses.contains("metric_definitions-unfairness_sum"));
  for (const std::string& address : addresses) BOOST_TEST(rows.contains(address), address);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
