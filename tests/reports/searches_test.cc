#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "reports/render/render.h"
#include "reports/report.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace fs = std::filesystem;

Document document() { return build_document(load_report_inputs(searches_fixture())); }

BOOST_AUTO_TEST_SUITE(searches_in_reports)

BOOST_AUTO_TEST_CASE(a_folder_of_searches_needs_no_reproduction) {
  const Document whole = document();
  BOOST_TEST(whole.sections.at(0).id == "summary");
  BOOST_TEST(whole.sections.at(1).id == "searches");
  for (const Section& section : whole.sections) BOOST_TEST(section.id != "table-i");
}

BOOST_AUTO_TEST_CASE(a_comparison_shows_each_configurations_means_and_differences_to_the_first) {
  const Table table = find_table(document(), "search_comparison_searches");
  const Json record = read_json(searches_fixture() / "searches/comparison.json");
  const Cell cell = find_cell(table, "evolution", "unfairness");
  BOOST_TEST(cell.value.value() == record["arms"][1]["unfairness"]["mean"].get<double>());
  BOOST_TEST(cell.provenance.file == "comparison.json");
  BOOST_TEST(!find_cell(table, "random", "difference_unfairness").value);
  BOOST_TEST(find_cell(table, "evolution", "difference_unfairness").value.has_value());
}

BOOST_AUTO_TEST_CASE(searches_of_a_comparison_are_not_shown_again_on_their_own) {
  const ReportInputs inputs = load_report_inputs(searches_fixture());
  BOOST_TEST(inputs.searches.size() == 5u);
  BOOST_REQUIRE(inputs.lone_searches().size() == 1u);
  BOOST_TEST(inputs.lone_searches()[0]->folder == "scripted");
  BOOST_TEST(inputs.searches_of(inputs.comparisons.at(0)).size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_scripted_search_says_that_no_language_model_designed_it) {
  bool said = false;
  for (const Section& section : document().sections) {
    for (const Block& block : section.blocks) {
      const auto* callout = std::get_if<Callout>(&block);
      said = said || (callout != nullptr && callout->title == "No language model designed these");
    }
  }
  BOOST_TEST(said);
}

BOOST_AUTO_TEST_CASE(replies_are_told_by_model_and_by_whether_a_schema_kept_them) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  const auto answer = [&](std::size_t at, const char* format, int valid) {
    SearchRecord& record = inputs.searches.at(at).record;
    record.sources = {"local"}, record.models = {"m-1"};
    record.settings.llm = "local", record.settings.format = format;
    record.counts = SearchCounts{.rounds = 5, .evaluated = 4, .valid_first = valid};
    record.tokens = SearchTokens{.prompt = 4000, .completion = 800};
    record.waiting_seconds = 40;
  };
  answer(1, "json", 4), answer(2, "json", 5), answer(3, "text", 0);
  const Document whole = build_document(inputs);
  const Table& table = find_table(whole, "replies");
  BOOST_TEST(table.rows.size() == 2u);  // searches.at(0) is a script's
  const std::string by_schema = "m-1, JSON schema, where the server took it";
  BOOST_TEST(find_cell(table, by_schema, "searches").value.value() == 2);
  const Cell valid = find_cell(table, by_schema, "valid_first");
  // Agresti and Coull's interval of 9 in 10, which would reach to 1.0039, held to 1 - 0.0051.
  BOOST_TEST(valid.value.value() == 0.9, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(valid.low.value() == 0.5740, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(valid.high.value() == 0.9949, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(find_cell(table, by_schema, "prompt_tokens").value.value() == 1000);
  BOOST_TEST(find_cell(table, by_schema, "waiting").value.value() == 10);
  BOOST_TEST(find_cell(table, "m-1, free text", "valid_first").value.value() == 0);
  NasChatUse chat{.calls = 12, .prompt_tokens = 3000, .completion_tokens = 300, .waiting_seconds = 60};
  chat.wanted = 10, chat.valid_first = 7, chat.format = "json", chat.sources = {"local"}, chat.models = {"m-2"};
  NasSearchRecord& nas = inputs.nas.at(0).record;
  NasSearchResult& on_tables = nas.pairs.at(0).searches.at(0);
  on_tables.chat = chat, on_tables.evaluations = nas.predictor_cells + 10;
  const Document both = build_document(inputs);
  const std::string of_tables = "m-2, JSON schema, where the server took it";
  BOOST_TEST(find_cell(find_table(both, "replies"), of_tables, "asked").value.value() == 10);
  BOOST_TEST(find_cell(find_table(both, "replies"), of_tables, "valid_first").value.value() == 0.7,
             boost::test_tools::tolerance(1e-9));
  // Its strategy goes by a predictor, whose cells nobody proposed.
  BOOST_TEST(find_cell(find_table(both, "replies"), of_tables, "prompt_tokens").value.value() == 300);
  inputs.searches.at(3).record.counts->valid_first.reset();
  inputs.searches.at(3).record.tokens = SearchTokens{};
  const Document earlier = build_document(inputs);
  BOOST_TEST(find_cell(find_table(earlier, "replies"), "m-1, free text", "valid_first").text == "not recorded");
  BOOST_TEST(find_cell(find_table(earlier, "replies"), "m-1, free text", "prompt_tokens").text == "not recorded");
}

BOOST_AUTO_TEST_CASE(a_scripted_arm_of_a_comparison_is_not_measured) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (Search& search : inputs.searches) search.record.sources = {"scripted"};
  const Cell cell =
      find_cell(find_table(build_document(inputs), "search_comparison_searches"), "evolution", "unfairness");
  BOOST_TEST(!cell.value);
  BOOST_TEST((cell.mark == Mark::kNotMeasured));
}

BOOST_AUTO_TEST_CASE(what_a_comparison_could_not_measure_has_a_row_with_its_reason) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  ComparisonRecord& comparison = inputs.comparisons.at(0).record;
  comparison.configurations.at(1).not_measured = "no language model answered";
  comparison.not_measured = {{"llm", "no language model was asked"}};
  comparison.configurations.at(0).ended = {{2, "the server is gone"}};
  const Document whole = build_document(inputs);
  const Table& table = find_table(whole, "search_comparison_searches");
  BOOST_TEST(find_cell(table, "random", "unfairness").value.has_value());
  BOOST_TEST(find_cell(table, "evolution", "unfairness").reason == "no language model answered");
  BOOST_TEST((find_cell(table, "llm", "unfairness").mark == Mark::kNotMeasured));
  BOOST_TEST(find_cell(table, "llm", "unfairness").reason == "no language model was asked");
  const std::string page = to_markdown(whole);
  BOOST_TEST(page.find("random of seed 2 ended early: the server is gone.") != page.npos);
  BOOST_TEST(page.find("Not measured: evolution (no language model answered), llm (no language model was asked).") !=
             page.npos);
}

BOOST_AUTO_TEST_CASE(a_comparison_without_any_arm_is_an_empty_table) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  inputs.comparisons.at(0).record.configurations.clear();
  BOOST_TEST(find_table(build_document(inputs), "search_comparison_searches").rows.empty());
}

BOOST_AUTO_TEST_CASE(the_share_of_new_designs_stands_where_the_comparison_has_it) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (auto& configuration : inputs.comparisons.at(0).record.configurations) configuration.distinct_share.reset();
  const auto has = [&] {
    const Table table = find_table(build_document(inputs), "search_comparison_searches");
    return std::any_of(table.columns.begin(), table.columns.end(),
                       [](const Column& column) { return column.key == "distinct_share"; });
  };
  BOOST_TEST(!has());
  for (auto& configuration : inputs.comparisons.at(0).record.configurations) {
    configuration.distinct_share = SeedMean{.mean = 0.75, .n = 2};
  }
  BOOST_TEST(has());
}

BOOST_AUTO_TEST_CASE(a_comparison_says_how_much_of_a_win_is_choosing_the_best) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (auto& configuration : inputs.comparisons.at(0).record.configurations) {
    configuration.chance_unfairness = SeedMean{.mean = 0.1, .low = -0.2, .high = 0.4, .n = 2};
    configuration.selection_unfairness = SeedMean{.mean = 0.05, .low = -0.2, .high = 0.3, .n = 2};
  }
  const Table table = find_table(build_document(inputs), "search_comparison_searches");
  BOOST_TEST(find_cell(table, "random", "selection_unfairness").low.value() == -0.2);  // a difference
  BOOST_TEST(find_cell(table, "random", "chance_unfairness").low.value() == 0);        // a sum of gaps
}

BOOST_AUTO_TEST_CASE(test_figures_stand_only_beside_reported_designs) {
  const Table table = find_table(document(), "designs_scripted");
  const Json record = read_json(searches_fixture() / "scripted/search.json");
  std::size_t tested = 0;
  for (const Row& row : table.rows) tested += find_cell(table, row.key, "test_accuracy").value.has_value();
  BOOST_TEST(table.rows.size() == record["trajectory"].size());
  BOOST_TEST(tested == record["reported"].size());
}

BOOST_AUTO_TEST_CASE(a_partitioned_search_shows_its_niches) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (Search& search : inputs.searches) {
    if (search.folder != "scripted") continue;
    search.record.partition = SearchPartition{.objectives = {"error", "unfairness"},
                                              .niches = {{0, 3, {"d0", "d2"}}, {2000000, 1, {"d1"}}},
                                              .merged = {"d2"},
                                              .hypervolume = 0.5};
  }
  const Table table = find_table(build_document(inputs), "niches_scripted");
  BOOST_TEST(find_cell(table, "niche_0", "archive").value.value() == 2);
  BOOST_TEST(find_cell(table, "niche_0", "merged").value.value() == 1);
  BOOST_TEST(find_cell(table, "niche_1", "merged").value.value() == 0);
  BOOST_TEST(find_cell(table, "niche_1", "least_macs").value.value() == 2e6);
  BOOST_TEST(table.caption.find("0.5000") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_suite_keeps_the_marks_of_its_results) {
  const Table table = find_table(document(), "bench_host");
  const Json record = read_json(searches_fixture() / "bench/host.json");
  const Cell cell = find_cell(table, record["results"][1]["benchmark"].get<std::string>(), "image_ms");
  BOOST_TEST(cell.value.value() == record["results"][1]["latency"]["p50_us"].get<double>() / 2000,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST((cell.mark == Mark::kUnreliable) == (record["results"][1]["status"] == "mistrusted"));  // an older word
}

BOOST_AUTO_TEST_CASE(a_suite_shows_energy_and_temperature_where_the_device_tells_them) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  LatencyResult& result = inputs.suites.at(0).record.results.at(1);
  const std::string benchmark = result.benchmark;
  const auto columns = [&] { return find_table(build_document(inputs), "bench_host").columns.size(); };
  const auto before = columns();
  BOOST_TEST(find_table(build_document(inputs), "bench_host").caption.find("Energy: not measured") !=
             std::string::npos);
  result.batch = 2;
  result.joules_per_call = 0.5;
  result.energy_source = "NVML";
  result.state.after->gpu = RecordedGpuState{.temperature_c = 61};
  BOOST_TEST(columns() == before + 2);
  const Table table = find_table(build_document(inputs), "bench_host");
  BOOST_TEST(find_cell(table, benchmark, "energy_mj").value.value() == 0.25);  // joules an image, printed in mJ
  BOOST_TEST(find_cell(table, benchmark, "gpu_c").value.value() == 61);
  BOOST_TEST(table.caption.find("Energy as told by NVML") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(transformers_show_their_front_and_no_accuracy_that_nobody_measured) {
  const Document whole = document();
  const Table table = find_table(whole, "proxies_transformers");
  const Json record = read_json(searches_fixture() / "transformers/transformer_search.json");
  BOOST_TEST(table.rows.size() == record["front"].size());
  BOOST_TEST(find_cell(table, "design_1", "parameters").value.value() ==
             record["front"][0]["parameters"].get<double>());
  BOOST_TEST((find_cell(table, "design_1", "accuracy").mark == Mark::kNotMeasured));
  BOOST_TEST((find_cell(table, "design_1", "latency").mark == Mark::kUnreliable));
  BOOST_TEST(find_cell(find_table(whole, "proxy_niches_transformers"), "niche_0", "evaluated").value.value() == 1);
}

BOOST_AUTO_TEST_CASE(a_report_beside_its_records_is_not_taken_for_one) {
  const TemporaryFolder folder;
  for (const char* part :
       {"searches", "nas", "scripted", "transformers"}) {  // each at the root: ids have no folder's name then
    const fs::path copy = folder.path() / part;
    fs::copy(searches_fixture() / part, copy, fs::copy_options::recursive);
    const ReportInputs before = load_report_inputs(copy);
    FakeProcesses nothing;
    write_report(copy, copy / "report", nothing);
    const ReportInputs after = load_report_inputs(copy);
    BOOST_TEST(after.searches.size() == before.searches.size());
    BOOST_TEST(after.comparisons.size() == before.comparisons.size());
    BOOST_TEST(after.nas.size() == before.nas.size());
    BOOST_TEST(verify_report(copy).failures.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_folder_without_any_record_is_an_error_that_names_what_was_looked_for) {
  const TemporaryFolder empty;
  BOOST_CHECK_EXCEPTION(load_report_inputs(empty.path()), DataError, [](const DataError& error) {
    return std::string(error.what()).find("nas_search.json") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
