// Searches on tables in a report.
#include <boost/test/unit_test.hpp>

#include "reports/figures/figures.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

Document document() { return build_document(load_report_inputs(searches_fixture())); }

BOOST_AUTO_TEST_SUITE(nas_in_reports)

BOOST_AUTO_TEST_CASE(strategies_on_tables_have_their_means_and_the_true_front_its_own) {
  const Document whole = document();
  const Table table = find_table(whole, "nas_nas");
  BOOST_TEST(find_cell(table, "random", "hypervolume").value.has_value());
  BOOST_TEST(find_cell(table, "random", "evaluations").value.value() == 60);
  const NasSearchRecord record = load_report_inputs(searches_fixture()).nas.at(0).record;
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

/// The fixture's inputs after a change of the strategy's searches on tables.
template <class Change>
ReportInputs with_searches_of(const std::string& strategy, Change&& change) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (NasPair& pair : inputs.nas.at(0).record.pairs) {
    for (NasSearchResult& search : pair.searches) {
      if (search.strategy == strategy) change(search);
    }
  }
  return inputs;
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
  const ReportInputs inputs = with_searches_of(
      "llmnas-offline", [](NasSearchResult& search) { search.chat = NasChatUse{.sources = {"scripted"}}; });
  const Document whole = build_document(inputs);
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
    const ReportInputs inputs = with_searches_of("llmnas-offline", [&](NasSearchResult& search) {
      search.hypervolume_share = share + 1e-3 * static_cast<double>(search.seed);
      search.igd = igd;
    });
    const Table table = find_table(build_document(inputs), "llm_nas_claims_nas");
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

BOOST_AUTO_TEST_CASE(figures_of_claims_are_those_calculated_by_hand) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  NasSearchRecord& record = inputs.nas.at(0).record;
  for (NasPredictor& predictor : record.predictors) predictor.seconds = 5;
  for (NasPair& pair : record.pairs) {
    // 1 ms in place of 4 ms at 0.2 points less is a saving of three quarters; 0.1 ms at 80 % is none
    pair.points = {{.cell = 1, .accuracy = 90.0, .latency_ms = 1.0},
                   {.cell = 2, .accuracy = 90.2, .latency_ms = 4.0},
                   {.cell = 3, .accuracy = 80.0, .latency_ms = 0.1}};
    for (NasSearchResult& search : pair.searches) {
      const bool ours = search.strategy == "llmnas-offline";
      search.front = ours ? std::vector<std::int64_t>{1, 3} : std::vector<std::int64_t>{2};
      search.seconds = 10;
      search.hypervolume_share = 0.5 + (ours ? 0.1 : 0.0) + 0.01 * static_cast<double>(search.seed);
      search.igd = ours ? 0.02 : 0.05;
    }
  }
  const Table table = find_table(build_document(inputs), "llm_nas_claims_nas");
  BOOST_TEST(find_cell(table, "hv_llmnas-offline_random", "ours").value.value() == 0.1,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(find_cell(table, "igd_llmnas-offline_random", "ours").text.starts_with("0.0300"));
  BOOST_TEST(find_cell(table, "saving_offline", "ours").value.value() == 0.75, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(find_cell(table, "saving_offline", "verdict").text == "holds");
  BOOST_TEST(find_cell(table, "cost_offline", "ours").text == "15.00 s");
  BOOST_TEST(find_row(table, "hv_llmnas-offline_random").label == "LLM-NAS without an LLM against Random search");
}

BOOST_AUTO_TEST_CASE(searches_by_energy_make_no_claims_on_latency) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  inputs.nas.at(0).record.cost = "energy";
  const Table table = find_table(build_document(inputs), "llm_nas_claims_nas");
  for (const Row& row : table.rows) BOOST_TEST(row.group != "Latency at similar accuracy");
  BOOST_TEST((find_cell(table, "random", "ours").mark == Mark::kNone));
}

BOOST_AUTO_TEST_CASE(what_was_asked_is_counted_with_its_cost) {
  ReportInputs inputs = with_searches_of("random", [](NasSearchResult& search) {
    search.chat =
        NasChatUse{.calls = 12, .knowledge_calls = 6, .retries = 1, .prompt_tokens = 1000, .sources = {"host"}};
  });
  inputs.nas.at(0).record.ledger = {{"calls", 48},    {"recorded", 0},         {"failed", 0},
                                    {"retries", 4},   {"prompt_tokens", 4000}, {"completion_tokens", 50},
                                    {"uncounted", 0}, {"seconds", 3.5},        {"cost", 0.25}};
  const Table table = find_table(build_document(inputs), "nas_cost_nas");
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
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (auto& predictor : inputs.nas.at(0).record.predictors)
    predictor.features = {"zc_full/params_M", "zc_full/flops_M"};
  BOOST_TEST(find_cell(find_table(build_document(inputs), "nas_predictor_nas"), "lesions", "features").text ==
             "params_M, flops_M (whole space)");
}

BOOST_AUTO_TEST_CASE(every_data_set_has_a_figure_of_its_fronts) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  auto& pairs = inputs.nas.at(0).record.pairs;
  pairs.at(1).dataset = "other";
  std::vector<std::string> ids;
  for (const Figure& figure : nas_front_figures(inputs.nas.at(0))) ids.push_back(figure.id);
  BOOST_TEST(ids == (std::vector<std::string>{"nas_front_lesions_nas", "nas_front_other_nas"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
