// Runs and references on the rows of a table.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <set>

#include "datasets/adapters/adapter_files.h"
#include "datasets/tabular/synth.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/evaluation/pool.h"
#include "harness/nn/classifier.h"
#include "harness/nn/mlp/mlp.h"
#include "harness/nn/models/model.h"
#include "harness/runs/reference.h"
#include "harness/runs/run.h"
#include "tests/base/fixture.h"
#include "tests/support/verify.h"

namespace {

namespace fs = std::filesystem;
using namespace flnas;
using test::verify;

/// Drawn people with a split into folds, and a perceptron on them.
struct People {
  test::TemporaryFolder folder;
  fs::path root = folder.path;
  nn::ModelEntry entry = nn::mlp_entry({.widths = {16}});

  People() {
    write_synthetic_table(root / "data", {.rows = 1500, .seed = 2});
    const Table table = read_table(root / "data", load_adapter("", root / "data"));
    const SplitConfig config{.protocol = "crossfit", .images = 0, .folds = 3};
    write_json(root / "split.json", split_to_json(make_split(table, config)));
    keep_adapter(table.adapter, root);
  }

  DataSource source(int fold = 1) const {
    return {.folder = root / "data", .split = root / "split.json", .fold = fold};
  }

  TrainConfig config() const {
    TrainConfig config;
    config.task = "outcome";
    config.epochs = 12;
    config.batch = 32;
    config.lr = 1e-2;
    config.class_weights = "none";
    config.selection = "auroc";
    config.threads = 1;
    config.device = "cpu";
    return config;
  }

  RunRequest request(const std::string& out) const {
    RunRequest request;
    const auto options = RunData(source(), "outcome", 0).model_options();
    request.model = nn::describe_model(entry, options);
    request.make = [this, options] { return entry.make(options); };
    request.config = config();
    request.data = source();
    request.out = root / out;
    request.command = "flnas train mlp";
    request.quiet = true;
    return request;
  }

  RunRecord reference(const std::string& name, int fold, const std::string& out) const {
    return run_reference({.name = name, .data = source(fold), .config = config(), .out = root / out, .command = "x"});
  }

  static double value(const RunRecord& record, const char* metric) {
    return record.metrics.at(metric).at("value").get<double>();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(table_run, People)

BOOST_AUTO_TEST_CASE(a_perceptron_learns_and_its_record_says_what_applied) {
  const RunRecord record = run_training(request("runs/mlp"));
  BOOST_TEST(record.status == "passed");
  BOOST_TEST(record.requested.at("augment") == "standard");
  BOOST_TEST(record.effective.at("augment") == "none");
  BOOST_TEST(record.effective.at("inputs") == "standardised");
  BOOST_TEST(record.effective.at("size") == 0);
  BOOST_TEST(record.training->input_mean->size() == 4u);
  BOOST_TEST(record.training->input_mean->at(3) == 0);  // the category
  BOOST_TEST(record.inputs.count("images") == 0u);
  BOOST_TEST(value(record, "auroc") > 0.75);
  BOOST_TEST(verify(root / "runs/mlp").failures.empty());
  // Once more: the record as it is.
  BOOST_TEST(run_training(request("runs/mlp")).finished == record.finished);
}

BOOST_AUTO_TEST_CASE(two_runs_of_one_seed_are_the_same_to_the_last_bit) {
  run_training(request("runs/a"));
  run_training(request("runs/b"));
  BOOST_TEST(read_file(root / "runs/a/predictions.csv") == read_file(root / "runs/b/predictions.csv"));
}

BOOST_AUTO_TEST_CASE(a_category_that_no_training_row_has_is_shown_as_none) {
  Json adapter = read_json(root / "data" / kAdapterFile);
  adapter["features"]["work"]["categories"] = {"steady", "casual"};
  std::string text = read_file(root / "data/people.csv");
  const Table table = read_table(root / "data", load_adapter("", root / "data"));
  const Split split = read_split(root / "split.json", table, 1);
  // "casual" becomes "steady" in all rows but those of the test part.
  std::string made = "id," + text.substr(0, text.find('\n') + 1);
  std::size_t number = 0, tested = 0, begin = text.find('\n') + 1;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    std::string line = text.substr(begin, end - begin);
    const std::string id = fmt::format("{:06}", ++number);
    const auto at = line.find(",casual,");
    const bool in_test = std::binary_search(split.test.begin(), split.test.end(), id);
    if (at != line.npos && !in_test) line.replace(at, 8, ",steady,");
    tested += at != line.npos && in_test ? 1 : 0;
    made += id + "," + line + "\n";
    begin = end + 1;
  }
  fs::create_directories(root / "other");
  write_file(root / "other/people.csv", made);
  adapter["labels"]["image"] = "id";
  write_json(root / "other" / kAdapterFile, adapter);
  const Table other = read_table(root / "other", load_adapter("", root / "other"));
  Json json = read_json(root / "split.json");
  json["data"]["fingerprint"] = other.fingerprint;
  write_json(root / "other/split.json", json);
  const RunData data({.folder = root / "other", .split = root / "other/split.json", .fold = 1}, "outcome", 0);
  BOOST_TEST(data.unseen().at("work") == tested);
  BOOST_TEST(tested > 0u);
  const ExampleData examples = data.examples();
  std::set<float> codes;
  for (std::size_t i = 0; i < examples.test.count(); ++i) codes.insert(examples.test.feature_row(i)[3]);
  BOOST_TEST((codes == std::set<float>{0, 1}));
}

BOOST_AUTO_TEST_CASE(references_have_records_that_verify_and_pool) {
  const Adapter adapter = load_adapter("", root / "data");
  BOOST_TEST(references_of(adapter, adapter.task("")) == (std::vector<std::string>{"xgboost", "risk"}),
             boost::test_tools::per_element());
  BOOST_TEST(references_of(load_adapter("isic2019"), load_adapter("isic2019").task("binary")).empty());
  std::vector<Stored<RunRecord>> folds;
  for (const int fold : {1, 2, 3}) {
    const std::string out = fmt::format("runs/risk-f{}", fold);
    folds.push_back({root / out, reference("risk", fold, out)});
    BOOST_TEST(verify(root / out).failures.empty());
  }
  BOOST_TEST(folds[0].record.kind == kReference);
  BOOST_TEST(folds[0].record.model.title == "Risk score");
  write_pooled(root / "pooled/risk", folds, root, adapter, "x");
  BOOST_TEST(verify(root / "pooled/risk").failures.empty());
  const RunRecord pooled = read_run(root / "pooled/risk");
  BOOST_TEST(pooled.metrics.at("n") == 1500);
  const RunRecord trees = reference("xgboost", 1, "runs/xgboost-f1");
  BOOST_TEST(value(trees, "auroc") > 0.75);
  BOOST_TEST(verify(root / "runs/xgboost-f1").failures.empty());
  const auto refusal = test::message_of<ConfigError>([&] { reference("rsik", 1, "runs/x"); });
  BOOST_TEST(test::contains(refusal, "did you mean 'risk'"));
}

BOOST_AUTO_TEST_SUITE_END()
