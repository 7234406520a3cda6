#include "reports/data/report_inputs.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace fs = std::filesystem;

void copy_fixture(const fs::path& to) { fs::copy(fixture(), to, fs::copy_options::recursive); }

BOOST_AUTO_TEST_SUITE(report_inputs)

BOOST_AUTO_TEST_CASE(the_papers_table_is_complete_and_consistent) {
  const Paper& paper = fl_nas();
  BOOST_TEST(paper.rows.size() == 8U);
  for (const PaperRow& row : paper.rows) {
    for (const char* key :
         {"accuracy", "unfairness", "eodd", "eopp1", "eopp2", "parameters", "memory_mb", "a10_s", "pi4_s"}) {
      BOOST_TEST(row.value(key).has_value());
    }
    // all accuracies are k/1500, printed with four digits
    BOOST_TEST(std::abs(*row.value("correct_of_1500") / 1500 - *row.value("accuracy")) <= 0.00005 + 1e-12);
    // any correct computation: max(EOPP1, EOPP2) <= EODD <= EOPP1 + EOPP2
    BOOST_TEST(*row.value("eodd") >= std::max(*row.value("eopp1"), *row.value("eopp2")) - 1e-12);
    BOOST_TEST(*row.value("eodd") <= *row.value("eopp1") + *row.value("eopp2") + 1e-12);
  }
  BOOST_TEST(*paper.find("fahana_fair")->value("parameters") == 5532866);
  BOOST_TEST(!paper.find("fahana_fair")->identified);
  BOOST_TEST(!paper.find("resnet18")->value("throughput").has_value());
  BOOST_TEST(paper.find("resnet50") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_folder_without_a_reproduction_is_refused) {
  const TemporaryFolder folder;
  BOOST_CHECK_EXCEPTION(load_report_inputs(folder.path()), DataError, [](const DataError& error) {
    return std::string(error.what()).find("no reproduce.json") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_missing_or_damaged_record_becomes_a_reason_that_names_no_machine) {
  const TemporaryFolder folder;
  const fs::path root = folder.path() / "out";
  copy_fixture(root);
  fs::remove(root / "runs/fahana_fair-s1-2a1b2c3d4e5f/run.json");
  write_file(root / "hardware/resnet18/run.json", "{\"schema\": 1,");
  const ReportInputs inputs = load_report_inputs(root);
  BOOST_TEST(inputs.why_missing("fahana_fair") == "no record: runs/fahana_fair-s1-2a1b2c3d4e5f/run.json is missing");
  const std::string damaged = inputs.hardware_of("resnet18")->problem;
  BOOST_TEST(damaged.find("damaged record: hardware/resnet18/run.json") == 0U);
  BOOST_TEST(damaged.find(root.string()) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(figures_of_a_newer_version_stand_in_place_of_the_records_and_say_where_they_are) {
  const TemporaryFolder folder;
  const fs::path root = folder.path() / "out";
  const std::string name = "runs/resnet18-s1-0a1b2c3d4e5f", beside = "rescored/" + name;
  copy_fixture(root);
  Json metrics = read_json(root / name / "run.json").at("metrics");
  metrics["version"] = 3;
  metrics["accuracy"]["value"] = 0.625;
  fs::create_directories(root / beside);
  write_json(root / beside / "metrics.json", {{"metrics", metrics}});
  ReportInputs inputs = load_report_inputs(root);
  const auto accuracy = [&] { return metrics_of(inputs.run_of("resnet18")).at(&RunMetrics::accuracy); };
  BOOST_TEST(accuracy()->value.value() == 0.625);
  BOOST_TEST(accuracy().provenance().run == beside);
  BOOST_TEST(accuracy().provenance().file == "metrics.json");
  BOOST_TEST(inputs.run_of("resnet18")->folder == name);
  write_file(root / beside / "metrics.json", "{}");
  BOOST_TEST(!load_report_inputs(root).runs.front().usable());
}

BOOST_AUTO_TEST_CASE(a_record_of_another_shape_is_damaged) {
  const TemporaryFolder folder;
  const fs::path root = folder.path() / "out";
  copy_fixture(root);
  const fs::path file = root / "runs/resnet18-s1-0a1b2c3d4e5f/run.json";
  Json record = read_json(file);
  record["model"]["parameters"] = "many";
  write_json(file, record);
  BOOST_TEST(!load_report_inputs(root).runs.front().usable());
}

BOOST_AUTO_TEST_CASE(the_constant_predictor_is_found_even_when_it_is_not_listed) {
  const TemporaryFolder folder;
  const fs::path root = folder.path() / "out";
  copy_fixture(root);
  Json reproduce = read_json(root / "reproduce.json");
  reproduce["runs"].erase(reproduce["runs"].size() - 1);
  write_json(root / "reproduce.json", reproduce);
  BOOST_TEST(load_report_inputs(root).constant.has_value());
}

BOOST_AUTO_TEST_CASE(an_unfinished_reproduction_says_that_it_has_not_come_to_a_model) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.reproduction->record.models.emplace_back("search1");
  inputs.reproduction->record.finished.reset();
  BOOST_TEST(inputs.why_missing("search1") == "the reproduction has not come to it");
}

BOOST_AUTO_TEST_CASE(environments_are_shown_with_the_libraries_of_runs_and_with_who_differs) {
  ReportInputs inputs = load_report_inputs(fixture());
  for (Run& run : inputs.runs) {
    run.record.environment = {{"build", {{"commit", "aaaa"}}}, {"libtorch", {{"version", "9.9.9"}}}};
  }
  inputs.runs.back().record.environment["libtorch"]["version"] = "8.8.8";
  inputs.hardware.clear();
  inputs.constant.reset();
  const Document document = build_document(inputs);
  const Table& table = find_table(document, "environment");
  BOOST_TEST(find_cell(table, "build / commit", "value").text == "aaaa; 0123456789ab in reproduce.json");
  const std::string version = find_cell(table, "libtorch / version", "value").text;
  BOOST_TEST(version.starts_with("9.9.9; "), version);
  BOOST_TEST(version.find("8.8.8 in " + inputs.runs.back().folder) != std::string::npos, version);
  BOOST_TEST(find_cell(table, "machine / os", "value").text == "Debian GNU/Linux 12");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
