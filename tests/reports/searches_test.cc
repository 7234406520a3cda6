#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "reports/figures/figures.h"
#include "reports/report.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace fs = std::filesystem;

Document document() { return build_document(read_evidence(searches_fixture())); }

BOOST_AUTO_TEST_SUITE(searches_in_reports)

BOOST_AUTO_TEST_CASE(a_folder_of_searches_needs_no_reproduction) {
  const Document whole = document();
  BOOST_TEST(whole.sections.at(0).id == "summary");
  BOOST_TEST(whole.sections.at(1).id == "searches");
  for (const Section& section : whole.sections) BOOST_TEST(section.id != "table-i");
}

BOOST_AUTO_TEST_CASE(a_comparison_shows_each_arms_means_and_differences_to_the_first) {
  const Table table = find_table(document(), "search_comparison_searches");
  const Json record = read_json(searches_fixture() / "searches/comparison.json");
  const Cell cell = find_cell(table, "evolution", "unfairness");
  BOOST_TEST(cell.value.value() == record["arms"][1]["unfairness"]["mean"].get<double>());
  BOOST_TEST(cell.provenance.file == "comparison.json");
  BOOST_TEST(!find_cell(table, "random", "difference_unfairness").value);
  BOOST_TEST(find_cell(table, "evolution", "difference_unfairness").value.has_value());
}

BOOST_AUTO_TEST_CASE(searches_of_a_comparison_are_not_shown_again_on_their_own) {
  const Evidence evidence = read_evidence(searches_fixture());
  BOOST_TEST(evidence.searches.size() == 5u);
  BOOST_REQUIRE(evidence.lone_searches().size() == 1u);
  BOOST_TEST(evidence.lone_searches()[0]->folder == "scripted");
  BOOST_TEST(evidence.searches_of(evidence.comparisons.at(0)).size() == 4u);
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

BOOST_AUTO_TEST_CASE(a_scripted_arm_of_a_comparison_is_not_measured) {
  Evidence evidence = read_evidence(searches_fixture());
  for (Record& search : evidence.searches) search.json["sources"] = Json::array({"scripted"});
  const Cell cell =
      find_cell(find_table(build_document(evidence), "search_comparison_searches"), "evolution", "unfairness");
  BOOST_TEST(!cell.value);
  BOOST_TEST((cell.mark == Mark::kNotMeasured));
}

BOOST_AUTO_TEST_CASE(test_figures_stand_only_beside_reported_designs) {
  const Table table = find_table(document(), "designs_scripted");
  const Json record = read_json(searches_fixture() / "scripted/search.json");
  std::size_t tested = 0;
  for (const Row& row : table.rows) tested += find_cell(table, row.key, "test_accuracy").value.has_value();
  BOOST_TEST(table.rows.size() == record["trajectory"].size());
  BOOST_TEST(tested == record["reported"].size());
}

BOOST_AUTO_TEST_CASE(strategies_on_tables_have_their_means_and_the_true_front_its_own) {
  const Document whole = document();
  const Table table = find_table(whole, "nas_nas");
  BOOST_TEST(find_cell(table, "random", "hypervolume").value.has_value());
  BOOST_TEST(find_cell(table, "random", "evaluations").value.value() == 60);
  const NasSearchRecord record = read_evidence(searches_fixture()).nas.at(0).record;
  const std::string pair = record.pairs.at(0).dataset + "_" + record.pairs.at(0).device;
  BOOST_TEST(find_cell(find_table(whole, "nas_hypervolume_nas"), "true_front", pair).value.value() ==
             record.pairs.at(0).true_hypervolume);
}

BOOST_AUTO_TEST_CASE(coverage_sums_to_the_whole_and_counts_what_was_missed) {
  const Table table = find_table(document(), "nas_coverage_nas");
  double sum = 0;
  const Row& row = find_row(table, "random");
  for (std::size_t i = 0; i + 1 < row.cells.size(); ++i) sum += row.cells[i].value.value();
  BOOST_TEST(sum == 1.0, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(what_needs_a_language_model_is_not_measured) {
  const Table table = find_table(document(), "llm_nas_claims_nas");
  BOOST_TEST((find_cell(table, "full", "ours").mark == Mark::kNotMeasured));
  BOOST_TEST(find_cell(table, "random", "ours").value.has_value());
}

/// The fixture's evidence after a change of the strategy's searches on tables.
template <class Change>
Evidence with_searches_of(const std::string& strategy, Change&& change) {
  Evidence evidence = read_evidence(searches_fixture());
  for (NasPair& pair : evidence.nas.at(0).record.pairs) {
    for (NasSearchResult& search : pair.searches) {
      if (search.strategy == strategy) change(search);
    }
  }
  return evidence;
}

/// All that the document's figures draw, and its summary lists.
std::string figures_and_lists(const Document& document) {
  std::string text;
  for (const Section& section : document.sections) {
    for (const Block& block : section.blocks) {
      if (const auto* figure = std::get_if<Figure>(&block)) text += figure->script;
      const auto* list = std::get_if<List>(&block);
      if (list != nullptr && section.id == "summary") {
        for (const auto& item : list->items) text += item + "\n";
      }
    }
  }
  return text;
}

BOOST_AUTO_TEST_CASE(a_strategy_that_a_script_answered_is_not_measured_anywhere) {
  const Evidence evidence = with_searches_of(
      "llmnas-offline", [](NasSearchResult& search) { search.chat = NasChatUse{.sources = {"scripted"}}; });
  const Document whole = build_document(evidence);
  for (const auto& [table, column] :
       {std::pair("nas_nas", "hypervolume"), std::pair("nas_hypervolume_nas", "lesions_host"),
        std::pair("nas_igd_nas", "lesions_host"), std::pair("nas_coverage_nas", "missed"),
        std::pair("nas_cost_nas", "calls")}) {
    const Cell cell = find_cell(find_table(whole, table), "llmnas-offline", column);
    BOOST_TEST((cell.mark == Mark::kNotMeasured), table);
    BOOST_TEST(cell.reason == "a script answered in a language model's place", table);
  }
  const Table claims = find_table(whole, "llm_nas_claims_nas");
  for (const char* row :
       {"no_llm", "hv_llmnas-offline_random", "igd_llmnas-offline_random", "saving_offline", "cost_offline"}) {
    BOOST_TEST((find_cell(claims, row, "ours").mark == Mark::kNotMeasured), row);
    if (std::string(row) != "no_llm") BOOST_TEST(find_cell(claims, row, "verdict").text == "not measured", row);
  }
  const std::string shown = figures_and_lists(whole);
  const auto title = shown.find("LLM-NAS without an LLM");
  BOOST_TEST(title != shown.npos);
  BOOST_TEST(shown.find("LLM-NAS without an LLM", title + 1) == shown.npos);  // once: among what was not measured
  BOOST_TEST(shown.find("Random search") != shown.npos);
}

BOOST_AUTO_TEST_CASE(comparisons_of_strategies_get_verdicts_by_their_intervals) {
  const auto verdicts = [](double share, double igd) {
    const Evidence evidence = with_searches_of("llmnas-offline", [&](NasSearchResult& search) {
      search.hypervolume_share = share + 1e-3 * static_cast<double>(search.seed);
      search.igd = igd;
    });
    const Table table = find_table(build_document(evidence), "llm_nas_claims_nas");
    return std::pair(find_cell(table, "hv_llmnas-offline_random", "verdict").text,
                     find_cell(table, "igd_llmnas-offline_random", "verdict").text);
  };
  BOOST_TEST((verdicts(2, -2) == std::pair(std::string("holds"), std::string("holds"))));
  BOOST_TEST((verdicts(-2, 2) == std::pair(std::string("fails"), std::string("fails"))));
  const Table table = find_table(document(), "llm_nas_claims_nas");
  BOOST_TEST(find_cell(table, "hv_llmnas_random", "verdict").text == "not measured");
  BOOST_TEST(find_cell(table, "cost_offline", "verdict").text == "holds");
  BOOST_TEST(find_cell(table, "full", "verdict").text != "holds");
}

BOOST_AUTO_TEST_CASE(searches_by_energy_make_no_claims_on_latency) {
  Evidence evidence = read_evidence(searches_fixture());
  evidence.nas.at(0).record.cost = "energy";
  const Table table = find_table(build_document(evidence), "llm_nas_claims_nas");
  for (const Row& row : table.rows) BOOST_TEST(row.group != "Latency at similar accuracy");
  BOOST_TEST((find_cell(table, "random", "ours").mark == Mark::kNone));
}

BOOST_AUTO_TEST_CASE(what_was_asked_is_counted_with_its_cost) {
  Evidence evidence = with_searches_of("random", [](NasSearchResult& search) {
    search.chat =
        NasChatUse{.calls = 12, .knowledge_calls = 6, .retries = 1, .prompt_tokens = 1000, .sources = {"host"}};
  });
  evidence.nas.at(0).record.ledger = {{"calls", 48},    {"recorded", 0},         {"failed", 0},
                                      {"retries", 4},   {"prompt_tokens", 4000}, {"completion_tokens", 50},
                                      {"seconds", 3.5}, {"cost", 0.25}};
  const Table table = find_table(build_document(evidence), "nas_cost_nas");
  BOOST_TEST(find_cell(table, "random", "calls").value.value() == 12);
  BOOST_TEST(find_cell(table, "random", "prompt_tokens").value.value() == 1000);
  BOOST_TEST(!find_cell(table, "llmnas-offline", "calls").value);
  BOOST_TEST(find_cell(table, "llmnas-offline", "predictor").value.value() > 0);
  BOOST_TEST(table.caption.find("0.2500") != std::string::npos);
  BOOST_TEST(find_table(document(), "nas_cost_nas").columns.size() == 2u);  // nobody was asked
}

BOOST_AUTO_TEST_CASE(the_predictor_names_its_features) {
  const Table table = find_table(document(), "nas_predictor_nas");
  BOOST_TEST(find_cell(table, "lesions", "features").text == "13 of NAS-Bench-Suite-Zero and 4 of the whole space");
  Evidence evidence = read_evidence(searches_fixture());
  for (auto& predictor : evidence.nas.at(0).record.predictors)
    predictor.features = {"zc_full/params_M", "zc_full/flops_M"};
  BOOST_TEST(find_cell(find_table(build_document(evidence), "nas_predictor_nas"), "lesions", "features").text ==
             "params_M, flops_M (whole space)");
}

BOOST_AUTO_TEST_CASE(every_data_set_has_a_figure_of_its_fronts) {
  Evidence evidence = read_evidence(searches_fixture());
  auto& pairs = evidence.nas.at(0).record.pairs;
  pairs.at(1).dataset = "other";
  std::vector<std::string> ids;
  for (const Figure& figure : nas_front_figures(evidence.nas.at(0))) ids.push_back(figure.id);
  BOOST_TEST(ids == (std::vector<std::string>{"nas_front_lesions_nas", "nas_front_other_nas"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_partitioned_search_shows_its_niches) {
  Evidence evidence = read_evidence(searches_fixture());
  for (Record& search : evidence.searches) {
    if (search.folder != "scripted") continue;
    search.json["partition"] = {{"objectives", {"error", "unfairness"}},
                                {"niches",
                                 {{{"least_macs", 0}, {"evaluated", 3}, {"archive", {"d0", "d2"}}},
                                  {{"least_macs", 2000000}, {"evaluated", 1}, {"archive", {"d1"}}}}},
                                {"merged", {"d2"}},
                                {"hypervolume", 0.5}};
  }
  const Table table = find_table(build_document(evidence), "niches_scripted");
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
  BOOST_TEST((cell.mark == Mark::kMistrusted) == (record["results"][1]["status"] == "mistrusted"));
}

BOOST_AUTO_TEST_CASE(transformers_show_their_front_and_no_accuracy_that_nobody_measured) {
  const Document whole = document();
  const Table table = find_table(whole, "transformers_transformers");
  const Json record = read_json(searches_fixture() / "transformers/transformer_search.json");
  BOOST_TEST(table.rows.size() == record["front"].size());
  BOOST_TEST(find_cell(table, "subnet_1", "parameters").value.value() ==
             record["front"][0]["parameters"].get<double>());
  BOOST_TEST((find_cell(table, "subnet_1", "accuracy").mark == Mark::kNotMeasured));
  BOOST_TEST((find_cell(table, "subnet_1", "latency").mark == Mark::kMistrusted));
  BOOST_TEST(find_cell(find_table(whole, "transformer_niches_transformers"), "niche_0", "evaluated").value.value() ==
             1);
}

BOOST_AUTO_TEST_CASE(a_report_beside_its_records_is_not_taken_for_one) {
  const TemporaryFolder folder;
  for (const char* part :
       {"searches", "nas", "scripted", "transformers"}) {  // each at the root: ids have no folder's name then
    const fs::path copy = folder.path() / part;
    fs::copy(searches_fixture() / part, copy, fs::copy_options::recursive);
    const Evidence before = read_evidence(copy);
    FakeProcesses nothing;
    write_report(copy, copy / "report", nothing);
    const Evidence after = read_evidence(copy);
    BOOST_TEST(after.searches.size() == before.searches.size());
    BOOST_TEST(after.comparisons.size() == before.comparisons.size());
    BOOST_TEST(after.nas.size() == before.nas.size());
    BOOST_TEST(verify_tables(copy).empty());
  }
}

BOOST_AUTO_TEST_CASE(a_folder_without_any_record_is_an_error_that_names_what_was_looked_for) {
  const TemporaryFolder empty;
  BOOST_CHECK_EXCEPTION(read_evidence(empty.path()), DataError, [](const DataError& error) {
    return std::string(error.what()).find("nas_search.json") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
