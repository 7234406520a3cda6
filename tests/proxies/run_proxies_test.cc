#include "harness/proxies/run_proxies.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/text.h"
#include "tests/base/fixture.h"

using namespace flnas;
using proxies::ProxiesRequest;
using test::contains;
using test::message_of;

namespace {

std::string refusal(const ProxiesRequest& request) {
  return message_of<ConfigError>([&] { proxies::run_proxies(request, nn::Registry({})); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_proxies)

BOOST_AUTO_TEST_CASE(cells_are_measured_and_written) {
  const test::TemporaryFolder folder;
  ProxiesRequest request;
  request.cells = "117,4";
  request.proxies = {"params", "synflow"};
  request.batch = 2;
  request.threads = 1;
  request.out = folder / "proxies.csv";
  const auto results = proxies::run_proxies(request, nn::Registry({}));
  BOOST_TEST_REQUIRE(results.measured.size() == 2U);
  BOOST_TEST(results.options.classes == 10);
  BOOST_TEST(results.measured[0].values.at("params") > 0);
  const Csv written = Csv::read(request.out);
  BOOST_TEST(written.rows() == 2U);
  BOOST_TEST(written.at(0, written.column("index")) == "117");
  for (const auto& line : split(proxies::proxies_text(results, {}), '\n')) BOOST_TEST(line.size() <= 80U);
}

BOOST_AUTO_TEST_CASE(requests_that_do_not_fit_are_refused) {
  ProxiesRequest request;
  BOOST_TEST(contains(refusal(request), "give either models or --cells"));
  request.models = {"none"};
  request.batch = 1;
  BOOST_TEST(contains(refusal(request), "--batch must be 2 to 4096"));
  request.batch = 2;
  request.tables = "tables";
  BOOST_TEST(contains(refusal(request), "give --cells"));
  request.tables.clear();
  request.proxies = {"synflo"};
  BOOST_TEST(contains(refusal(request), "did you mean 'synflow'"));
}

BOOST_AUTO_TEST_SUITE_END()
