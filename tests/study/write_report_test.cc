#include "harness/study/write_report.h"

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/records/digest.h"
#include "harness/records/questions_record.h"
#include "harness/records/report_settings.h"
#include "tests/study/fixture.h"
#include "tests/support/verify.h"

using namespace flnas;
using test::contains;
using test::message_of;

namespace {

struct Collection : test::Study {
  RunRecord trained(const std::string& out, std::uint64_t seed = 1, double lr = 1e-3,
                    const std::string& task = "binary") const {
    auto request = train(out);
    request.config.seed = seed;
    request.config.lr = lr;
    request.config.task = task;
    return study::train_model(request, registry);
  }
  study::ReportRequest report(const std::vector<std::string>& runs) const {
    study::ReportRequest request{.out = path / "out"};
    for (const auto& run : runs) request.folders.push_back(path / run);
    return request;
  }
  std::vector<std::string> labels() const {
    const Csv table = Csv::read(path / "out/report/table1.csv");
    std::vector<std::string> found;
    for (std::size_t row = 0; row < table.rows(); ++row) found.push_back(table.at(row, table.column("label")));
    return found;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(write_report, Collection)

BOOST_AUTO_TEST_CASE(runs_side_by_side_are_a_study_without_the_papers_rows_and_can_be_verified) {
  trained("a");
  trained("a2", 2);
  auto request = train("b");
  request.title = "Another";
  request.name = "another";
  study::train_model(request, registry);
  const auto written = study::write_report(report({"b", "a", "a2"}));
  BOOST_TEST(written.folder == path / "out");
  BOOST_TEST(labels() == std::vector<std::string>({"Another", "Tiny"}), boost::test_tools::per_element());
  const Csv table = Csv::read(path / "out/report/table1.csv");
  BOOST_TEST(!table.find("accuracy_paper").has_value());
  BOOST_TEST(!table.find("latency_host_ms").has_value());
  const Reproduction made = read_reproduction(path / "out");
  BOOST_TEST(report_settings(made).title == "Models compared on ISIC 2019, training part");
  BOOST_TEST(made.seeds == std::vector<std::uint64_t>({1, 2}), boost::test_tools::per_element());
  const Verification found = test::verify(path / "out");
  BOOST_TEST(found.failures.empty());
  BOOST_TEST(found.records == 4);
  // The same again takes the place of the first.
  study::write_report(report({"b"}));
  BOOST_TEST(labels() == std::vector<std::string>({"Another"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(runs_of_one_name_that_differ_in_more_than_the_seed_are_called_by_their_folders) {
  trained("slow");
  trained("fast", 1, 1e-2);
  study::write_report(report({"fast", "slow"}));
  BOOST_TEST(labels() == std::vector<std::string>({"fast", "slow"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_folder_of_runs_stands_for_them) {
  trained("both/slow");
  trained("both/fast", 1, 1e-2);
  study::write_report(report({"both"}));
  BOOST_TEST(labels() == std::vector<std::string>({"fast", "slow"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_papers_rows_stand_beside_runs_on_request) {
  trained("a");
  auto request = report({"a"});
  request.paper = true;
  request.title = "Ours and theirs";
  study::write_report(request);
  const auto found = labels();
  BOOST_TEST(found.size() > 8u);
  BOOST_TEST(contains(read_file(path / "out/report/report.md"), "Ours and theirs"));
}

BOOST_AUTO_TEST_CASE(a_study_is_answered_by_other_folders_too) {
  trained("a");
  trained("b", 2);
  study::write_report(report({"a", "b"}));
  std::filesystem::copy(path / "out", path / "other", std::filesystem::copy_options::recursive);
  study::ReportRequest request{.folders = {path / "out", path / "other"}};
  const auto written = study::write_report(request);
  BOOST_TEST(written.folder == path / "out");
  const auto record = read_with_schema<QuestionsRecord>(path / "out/questions.json");
  BOOST_REQUIRE(record.beside.size() == 1u);
  BOOST_TEST(record.beside[0].folder == "../other");
  BOOST_TEST(record.answers.size() == 9u);
  BOOST_TEST(test::verify(path).failures.empty());
  // The report alone answers them anew, by the same records: what an older version had worded is replaced.
  QuestionsRecord older = record;
  older.answers[8].needs = "other words";
  write_with_digest(path / "out/questions.json", record_to_json(older));
  BOOST_TEST(!test::verify(path).failures.empty());
  study::write_report({.folders = {path / "out"}});
  BOOST_TEST(test::verify(path).failures.empty());
  BOOST_TEST(read_with_schema<QuestionsRecord>(path / "out/questions.json").beside.size() == 1u);
  request.folders[1] = path / "data";
  BOOST_CHECK_EXCEPTION(study::write_report(request), DataError, [](const DataError& error) {
    return std::string(error.what()).find("no study, comparison or search") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(what_cannot_be_set_side_by_side_is_refused_with_the_reason) {
  const auto refused = [&](const study::ReportRequest& request) {
    return message_of<Error>([&] { study::write_report(request); });
  };
  trained("a");
  trained("eight", 1, 1e-3, "isic8");
  BOOST_TEST(contains(refused(report({"a", "eight"})), "another task"));
  BOOST_TEST(contains(refused(report({"a", "none"})), "no run.json"));
  BOOST_TEST(contains(refused(report({"a", "a"})), "given twice"));
  auto request = report({"a"});
  request.out.clear();
  BOOST_TEST(contains(refused(request), "--out DIR"));
  request.out = path / "data";
  BOOST_TEST(contains(refused(request), "another --out"));
  std::filesystem::rename(path / "split.json", path / "moved.json");
  BOOST_TEST(contains(refused(report({"a"})), "--split FILE"));
  request = report({"a"});
  request.split = path / "moved.json";
  study::write_report(request);
  BOOST_TEST(labels().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
