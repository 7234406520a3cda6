// The page in a real browser: Debian's chromium by chromedriver. Without them the tests are skipped.
#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "reports/report.h"
#include "tests/reports/support.h"
#include "tests/support/preconditions.h"
#include "tests/support/web_driver.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace fs = std::filesystem;

/// One browser for all tests; starting it takes a second.
struct Page {
  Page() {
    if (!test::WebDriver::available()) return;
    write_report(fixture(), folder.path() / "reproduction");
    write_report(searches_fixture(), folder.path() / "searches");
    driver = std::make_unique<test::WebDriver>();
  }
  static Page& get() {
    static Page page;
    return page;
  }
  void open(const char* name) const {
    driver->resize(1200, 900);
    driver->open("file://" + (folder.path() / name / "report.html").string());
  }

  TemporaryFolder folder;
  std::unique_ptr<test::WebDriver> driver;
};

boost::test_tools::assertion_result browser_is_here(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result here(test::WebDriver::available());
  here.message() << "chromium and chromedriver are not installed";
  return here;
}

BOOST_AUTO_TEST_SUITE(in_a_browser, *boost::unit_test::precondition(browser_is_here))

BOOST_AUTO_TEST_CASE(no_page_writes_an_error_to_the_console) {
  auto& driver = *Page::get().driver;
  for (const char* name : {"reproduction", "searches"}) {
    Page::get().open(name);
    const Json messages = driver.console();
    BOOST_TEST(messages.empty(), name << ": " << messages.dump());
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_fetched) {
  auto& driver = *Page::get().driver;
  Page::get().open("reproduction");
  BOOST_TEST(driver.run("return performance.getEntriesByType('resource').length") == 0);
}

BOOST_AUTO_TEST_CASE(every_figure_is_drawn_and_has_a_size,
                     *boost::unit_test::precondition(test::has_program("gnuplot"))) {
  auto& driver = *Page::get().driver;
  for (const char* name : {"reproduction", "searches"}) {
    Page::get().open(name);
    const Json sizes = driver.run(
        "return [...document.querySelectorAll('figure.drawing svg')].map(s => s.getBoundingClientRect().height)");
    BOOST_TEST(sizes.size() >= 4u);
    for (const Json& height : sizes) BOOST_TEST(height.get<double>() > 100);
    BOOST_TEST(driver.run("return document.querySelectorAll('figure .missing').length") == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_heading_sorts_up_and_down_and_back_again) {
  auto& driver = *Page::get().driver;
  Page::get().open("reproduction");
  const std::string head = "#table1 table.data thead th:nth-child(2) button";
  const auto values = [&] {
    return driver.run(
        "const t = document.querySelector('#table1 table.data'); return [...t.tBodies[0].rows]"
        ".filter(r => !r.classList.contains('group')).map(r => r.cells[1].dataset.sort).filter(v => v !== undefined)"
        ".map(Number)");
  };
  const Json original = values();
  BOOST_TEST_REQUIRE(original.size() >= 3u);
  driver.click(head);
  auto ascending = values().get<std::vector<double>>();
  BOOST_TEST(std::is_sorted(ascending.begin(), ascending.end()));
  driver.click(head);
  auto descending = values().get<std::vector<double>>();
  BOOST_TEST(std::is_sorted(descending.rbegin(), descending.rend()));
  driver.click(head);
  BOOST_TEST(values() == original);
}

BOOST_AUTO_TEST_CASE(a_value_opens_its_provenance_by_mouse_and_by_keyboard) {
  auto& driver = *Page::get().driver;
  Page::get().open("reproduction");
  const auto is_open = [&] { return driver.run("return document.getElementById('origin').open") == true; };
  driver.click("#table1 button.value");
  BOOST_TEST_REQUIRE(is_open());
  const auto text = driver.run("return document.querySelector('#origin dl').textContent").get<std::string>();
  // of all trainings
  for (const char* part : {"Computed from", "runs/resnet18-s1-0a1b2c3d4e5f/run.json", "/metrics/accuracy"}) {
    BOOST_TEST(text.find(part) != text.npos, part);
  }
  driver.type("\uE00C");  // Escape
  driver.click("#runs button.value");
  const auto one = driver.run("return document.querySelector('#origin dl').textContent").get<std::string>();
  for (const char* part : {"run.json", "Seed", "flnas train"}) BOOST_TEST(one.find(part) != one.npos, part);
  driver.type("\uE00C");
  BOOST_TEST(!is_open());
  driver.run("document.querySelector('#group_counts button.value').focus()");
  driver.type("\uE006");  // Return
  BOOST_TEST_REQUIRE(is_open());
  driver.click("#origin form button");
  BOOST_TEST(!is_open());
}

BOOST_AUTO_TEST_CASE(a_value_of_a_formula_names_every_figure_behind_it) {
  auto& driver = *Page::get().driver;
  Page::get().open("reproduction");
  driver.click("#claims button.value");
  const auto text = driver.run("return document.querySelector('#origin dl').textContent").get<std::string>();
  for (const char* part : {"Computed from", "reports/paper/fl_nas.json /rows/0/accuracy", "/rows/7/accuracy"}) {
    BOOST_TEST(text.find(part) != text.npos, part);
  }
  driver.type("\uE00C");                 // Escape
  driver.click("#groups button.value");  // from figures of all trainings, which are named
  const auto term = driver.run("return document.querySelector('#origin dl').textContent").get<std::string>();
  for (const char* part : {"Computed from", "run.json"}) BOOST_TEST(term.find(part) != term.npos, part);
  driver.type("\uE00C");
}

BOOST_AUTO_TEST_CASE(every_value_with_a_record_finds_it_among_the_sources) {
  auto& driver = *Page::get().driver;
  for (const char* name : {"reproduction", "searches"}) {
    Page::get().open(name);
    const Json unknown = driver.run(
        "const known = JSON.parse(document.getElementById('sources').textContent);"
        "return [...new Set([...document.querySelectorAll('button.value')].flatMap(b => "
        "b.dataset.inputs ? JSON.parse(b.dataset.inputs) : [b.closest('[data-run]').dataset]).map(from => "
        "`${from.run}/${from.file}`)"
        ".filter(k => !(k in known)))]");
    BOOST_TEST(unknown.empty(), name << ": " << unknown.dump());
  }
}

BOOST_AUTO_TEST_CASE(a_narrow_screen_scrolls_its_tables_and_not_the_page) {
  auto& driver = *Page::get().driver;
  for (const char* name : {"reproduction", "searches"}) {
    Page::get().open(name);
    driver.resize(500, 900);  // the narrowest that chromium grants
    const Json wider = driver.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    BOOST_TEST(wider.get<int>() <= 0, name << " is " << wider.dump() << " px too wide");
  }
}

BOOST_AUTO_TEST_CASE(the_button_changes_between_light_and_dark) {
  auto& driver = *Page::get().driver;
  Page::get().open("reproduction");
  const auto background = [&] { return driver.run("return getComputedStyle(document.body).backgroundColor"); };
  const Json before = background();
  driver.click("#theme");
  BOOST_TEST(background() != before);
}

BOOST_AUTO_TEST_CASE(anchors_are_unique_and_every_link_inside_the_page_leads_somewhere) {
  auto& driver = *Page::get().driver;
  for (const char* name : {"reproduction", "searches"}) {
    Page::get().open(name);
    const Json twice = driver.run(
        "const ids = [...document.querySelectorAll('[id]')].filter(e => !e.closest('svg')).map(e => e.id);"
        "return ids.filter((id, i) => ids.indexOf(id) !== i)");
    BOOST_TEST(twice.empty(), name << ": " << twice.dump());
    const Json dead = driver.run(
        "return [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(id))");
    BOOST_TEST(dead.empty(), name << ": " << dead.dump());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
