// Table I: verdicts, marks and what stands where there is no number.
#include <boost/test/unit_test.hpp>

#include "reports/data/all_trainings.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

bool has_mark(const Row& row, Mark mark) {
  return std::find(row.marks.begin(), row.marks.end(), mark) != row.marks.end();
}

/// The fixture, in which ResNet-18 has but its first seed.
ReportInputs one_seed() {
  ReportInputs inputs = load_report_inputs(fixture());
  run_of(inputs, "resnet18", 2).problem = "failed: killed";
  return inputs;
}

BOOST_AUTO_TEST_SUITE(comparison)

BOOST_AUTO_TEST_CASE(a_paper_value_inside_the_interval_is_within) {
  const Table table = table_one(one_seed());
  const Cell& cell = find_cell(table, "resnet18", "accuracy");  // 0.65 [0.61, 0.69], the paper 0.6667
  BOOST_TEST(cell.within.value());
  BOOST_TEST(cell.mark == Mark::kWithin);
  BOOST_TEST(cell.difference.value() == -0.0167, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_paper_value_outside_the_interval_differs) {
  const Table table = table_one(one_seed());
  const Cell& cell = find_cell(table, "resnet18", "unfairness_sum");  // 0.2 [0.12, 0.3], the paper 0.32
  BOOST_TEST(!cell.within.value());
  BOOST_TEST(cell.mark == Mark::kDiffers);
}

BOOST_AUTO_TEST_CASE(the_interval_includes_its_ends) {
  Cell cell;
  cell.value = 0.5, cell.low = 0.4, cell.high = 0.6;
  compare(cell, 0.6, true);
  BOOST_TEST(cell.within.value());
  compare(cell, 0.4, true);
  BOOST_TEST(cell.within.value());
  compare(cell, 0.39999, true);
  BOOST_TEST(!cell.within.value());
}

BOOST_AUTO_TEST_CASE(both_definitions_of_unfairness_face_the_papers_one_value) {
  const Table table = table_one(load_report_inputs(fixture()));
  BOOST_TEST(find_cell(table, "resnet18", "unfairness_sum").paper.value() == 0.32);
  BOOST_TEST(find_cell(table, "resnet18", "unfairness_mean").paper.value() == 0.32);
}

BOOST_AUTO_TEST_CASE(other_conditions_give_no_verdict_but_keep_the_numbers) {
  const auto check = [](auto&& change) {
    ReportInputs inputs = load_report_inputs(fixture());
    change(inputs);
    BOOST_TEST(!reasons_not_comparable(inputs).empty());
    const Table table = table_one(inputs);
    const Cell& cell = find_cell(table, "resnet18", "accuracy");
    BOOST_TEST(cell.mark == Mark::kNotComparable);
    BOOST_TEST(!cell.within.has_value());
    BOOST_TEST(cell.value.value() == 0.67, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(cell.paper.value() == 0.6667);
    // what is taken at the paper's geometry can be compared all the same
    BOOST_TEST(find_cell(table, "resnet18", "parameters").mark == Mark::kExact);
  };
  check([](ReportInputs& e) { e.reproduction->record.task = "isic8"; });
  check([](ReportInputs& e) { e.reproduction->record.data.synthetic = true; });
  check([](ReportInputs& e) { e.reproduction->record.data.adapter = "other"; });
  check([](ReportInputs& e) { e.reproduction->record.profile.comparable = false; });
  check([](ReportInputs& e) { e.reproduction->record.narrowed.emplace_back("--epochs 2"); });
  check([](ReportInputs& e) { e.reproduction->record.split.images.train = 300; });
  check([](ReportInputs& e) { run_of(e, "resnet18").record.effective["size"] = 64; });
}

BOOST_AUTO_TEST_CASE(fewer_models_and_seeds_leave_the_rest_comparable) {
  BOOST_TEST(reasons_not_comparable(load_report_inputs(fixture())).empty());  // narrowed by --models and --seeds
}

BOOST_AUTO_TEST_CASE(a_failed_run_is_not_measured_for_its_own_reason) {
  const Table table = table_one(load_report_inputs(fixture()));
  const Cell& cell = find_cell(table, "search3", "accuracy");
  BOOST_TEST(cell.mark == Mark::kNotMeasured);
  BOOST_TEST(!cell.value.has_value());
  BOOST_TEST(cell.reason.find("failed: disk full") == 0U);
  BOOST_TEST(cell.paper.value() == 0.72);
}

BOOST_AUTO_TEST_CASE(a_model_that_was_not_asked_for_says_so) {
  const Table table = table_one(load_report_inputs(fixture()));
  BOOST_TEST(find_cell(table, "search1", "accuracy").reason == "not among the models of this run");
  BOOST_TEST(find_cell(table, "search3", "parameters").reason == "no hardware record");
}

BOOST_AUTO_TEST_CASE(the_small_table_has_what_was_measured_and_names_the_rest) {
  ReportInputs inputs = load_report_inputs(fixture());
  const auto small_table = [&] { return find_table(build_document(inputs), "table1_short"); };
  const auto says = [](const Table& table, const char* text) { return table.caption.find(text) != std::string::npos; };
  Table table = small_table();
  std::vector<std::string> shown;
  for (const Row& row : table.rows) shown.push_back(row.key);
  BOOST_TEST(shown == std::vector<std::string>({"resnet18", "fahana_fair", "constant"}),
             boost::test_tools::per_element());
  BOOST_TEST(says(table, "Not measured: ResNet-34; MobileNetV1; MobileNetV2; Search-1; Search-2; Search-3."));
  BOOST_TEST(find_cell(table, "resnet18", "parameters").value.has_value());
  inputs.hardware.clear();
  table = small_table();
  BOOST_TEST(says(table, "; Training-step memory"));
  BOOST_TEST(!says(table, "at the paper's geometry"));
  for (const Column& column : table.columns) BOOST_TEST(column.key != "memory_training_mib");
}

BOOST_AUTO_TEST_CASE(models_that_do_not_beat_the_constant_predictor_are_marked) {
  ReportInputs inputs = load_report_inputs(fixture());
  const Table table = table_one(inputs);
  // by balanced accuracy, 68 % [62, 74]; its accuracy of 65 % against 84 % does not count
  BOOST_TEST(!has_mark(find_row(table, "resnet18"), Mark::kNotAboveConstant));
  BOOST_TEST(find_cell(table, "resnet18", "beats_constant").text == "yes");

  Run& run = run_of(inputs, "fahana_fair");
  run.metrics->balanced_accuracy->low = 0.5;  // its interval holds the constant's
  const Table after = table_one(inputs);
  BOOST_TEST(has_mark(find_row(after, "fahana_fair"), Mark::kNotAboveConstant));
  BOOST_TEST(find_cell(after, "fahana_fair", "beats_constant").text == "no: balanced accuracy");
  inputs.constant->metrics->auroc = RecordedEstimate{.value = 0.5};
  run.metrics->auroc = RecordedEstimate{.value = 0.6, .low = 0.45, .high = 0.75};
  BOOST_TEST(not_above_constant(inputs, "fahana_fair") == "both");
  run.metrics->balanced_accuracy->low = 0.6;
  BOOST_TEST(not_above_constant(inputs, "fahana_fair") == "AUROC");
}

BOOST_AUTO_TEST_CASE(the_constant_predictor_has_a_row_without_the_paper) {
  const Table table = table_one(load_report_inputs(fixture()));
  BOOST_TEST(find_cell(table, "constant", "accuracy").value.value() == 0.84);
  BOOST_TEST(!find_cell(table, "constant", "accuracy").paper.has_value());
  BOOST_TEST(table.rows.back().key == "constant");
}

BOOST_AUTO_TEST_CASE(a_fahana_like_row_says_like) {
  const Table table = table_one(load_report_inputs(fixture()));
  BOOST_TEST(has_mark(find_row(table, "fahana_fair"), Mark::kApproximate));
  BOOST_TEST(find_cell(table, "fahana_fair", "parameters").mark == Mark::kApproximate);
  BOOST_TEST(!has_mark(find_row(table, "resnet18"), Mark::kApproximate));
}

BOOST_AUTO_TEST_CASE(all_seeds_are_in_the_value_and_in_its_interval) {
  ReportInputs inputs = load_report_inputs(fixture());
  const Table table = table_one(inputs);
  const Cell& cell = find_cell(table, "resnet18", "accuracy");  // seeds: 0.65 and 0.69
  BOOST_TEST(cell.value.value() == 0.67, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(cell.inputs.size() == 2U);
  const RecordedEstimate one = run_of(inputs, "resnet18", 1).metrics->accuracy;
  BOOST_TEST(*cell.high - *cell.low > *one.high - *one.low);  // two seeds leave their mean open
  BOOST_TEST(cell.seeds.value().n == 2);
  BOOST_TEST(cell.seeds.value().mean == 0.67, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(cell.seeds.value().sd == 0.0282842712, boost::test_tools::tolerance(1e-6));
  BOOST_TEST(!find_cell(table, "fahana_fair", "accuracy").seeds.has_value());
}

BOOST_AUTO_TEST_CASE(where_the_first_seed_failed_the_next_one_stands_in_the_table) {
  ReportInputs inputs = load_report_inputs(fixture());
  run_of(inputs, "resnet18", 1).problem = "failed: killed";
  const Table table = table_one(inputs);
  const Cell& cell = find_cell(table, "resnet18", "accuracy");
  BOOST_TEST(cell.value.value() == 0.69);
  BOOST_TEST(cell.provenance.run == "runs/resnet18-s2-1a1b2c3d4e5f");
  BOOST_TEST(!cell.seeds.has_value());
}

BOOST_AUTO_TEST_CASE(an_undefined_value_is_neither_zero_nor_judged) {
  const Table table = table_one(load_report_inputs(fixture()));
  const Cell& cell = find_cell(table, "fahana_fair", "eopp1");
  BOOST_TEST(!cell.value.has_value());
  BOOST_TEST(cell.text == "undefined");
  BOOST_TEST(!cell.within.has_value());
}

BOOST_AUTO_TEST_CASE(an_unreliable_run_shows_its_numbers_without_a_verdict) {
  ReportInputs inputs = load_report_inputs(fixture());
  Run& run = run_of(inputs, "fahana_fair");
  run.unreliable = "the input changed while it ran";
  const Table table = table_one(inputs);
  const Cell& cell = find_cell(table, "fahana_fair", "accuracy");
  BOOST_TEST(cell.value.value() == 0.86);
  BOOST_TEST(cell.mark == Mark::kUnreliable);
  BOOST_TEST(!cell.within.has_value());
  BOOST_TEST(cell.reason == "the input changed while it ran");
}

BOOST_AUTO_TEST_CASE(a_model_that_is_not_in_the_paper_has_a_row_of_its_own) {
  ReportInputs inputs = load_report_inputs(fixture());
  run_of(inputs, "search3").record.model.name = "mine";
  run_of(inputs, "mine").record.model.title = "My net";
  const Table table = table_one(inputs);
  BOOST_TEST(find_row(table, "mine").label == "My net");
  BOOST_TEST(!find_cell(table, "mine", "accuracy").paper.has_value());
}

BOOST_AUTO_TEST_CASE(every_number_says_where_it_stands) {
  const Table table = table_one(load_report_inputs(fixture()));
  int numbers = 0;
  for (const Row& row : table.rows) {
    for (const Cell& cell : row.cells) {
      if (!cell.value) continue;
      ++numbers;
      BOOST_TEST(cell.provenance.file == "run.json");
      const Json record = read_json(fixture() / cell.provenance.run / cell.provenance.file);
      BOOST_TEST(record.contains(Json::json_pointer(cell.provenance.key)));
    }
  }
  BOOST_TEST(numbers > 10);
}

BOOST_AUTO_TEST_CASE(every_number_of_every_table_has_a_provenance) {
  for (const auto& records : {fixture(), searches_fixture()}) {
    const Document document = build_document(load_report_inputs(records));
    std::size_t numbers = 0;
    for (const Table* table : tables(document)) {
      for (const Row& row : table->rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
          const Cell& cell = row.cells[i];
          if (!cell.value) continue;
          ++numbers;
          BOOST_TEST((!cell.provenance.file.empty() || !cell.inputs.empty()),
                     table->id << ", " << row.key << ", " << table->columns[i].key);
          for (const Provenance& from : cell.inputs) BOOST_TEST(!from.file.empty());
        }
      }
    }
    BOOST_TEST(numbers > 100u);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
