#include "tests/searches/conformance_spaces.h"

#include <stdlib.h>

#include <cmath>

#include "datasets/adapters/adapter_files.h"
#include "datasets/splits/split.h"
#include "datasets/synthetic/synth.h"
#include "datasets/tabular/synth.h"
#include "harness/base/files.h"
#include "searches/proxies/proxy_evaluator.h"
#include "searches/session/request.h"
#include "searches/session/spaces.h"
#include "searches/spaces/autoformer/subnet_settings.h"
#include "searches/spaces/cnn/cnn_networks.h"
#include "searches/spaces/mlp/mlp_training.h"
#include "searches/training/training_evaluator.h"
#include "tests/support/paths.h"

namespace flnas::tests {
namespace {

/// A cost and a proxy by formula, in place of ProxyEvaluator.
class CostFormula : public Evaluator {
 public:
  explicit CostFormula(const SearchSpace& space) : space_(space) {}
  Evaluation evaluate(Candidate candidate) override {
    Evaluation evaluation;
    evaluation.status = kPassed;
    const auto parameters = static_cast<double>(space_.cost(candidate).parameters);
    evaluation.cost.latency_us = parameters * 1e-3;
    evaluation.proxies["params"] = parameters;
    return evaluation;
  }
  metrics::Point objectives(const Evaluation& evaluation) const override {
    return proxy_objectives(evaluation, {"params"});
  }
  std::vector<std::string> objective_names() const override { return {"latency_ms", "-params"}; }
  bool has_accuracy() const override { return false; }
  std::string goal() const override { return "low latency"; }
  std::string figures(const Evaluation& evaluation) const override {
    return fmt::format("latency {:.1f} us", *evaluation.cost.latency_us);
  }

 private:
  const SearchSpace& space_;
};

/// Scores by formula, in place of TrainingEvaluator: larger networks are more accurate and less fair.
class ScoreFormula : public Evaluator {
 public:
  explicit ScoreFormula(const SearchSpace& space) : space_(space) {}
  Evaluation evaluate(Candidate candidate) override {
    const CostEstimate cost = space_.cost(candidate);
    const double size = std::log10(static_cast<double>(cost.parameters));
    Evaluation evaluation = evaluated("", 0.1 * size, 0.5 + 0.05 * size, 0.6, cost.macs);
    evaluation.cost.parameters = cost.parameters;
    return evaluation;
  }
  metrics::Point objectives(const Evaluation& evaluation) const override {
    return point_of(evaluation, usual_objectives(false));
  }
  std::vector<std::string> objective_names() const override { return {"1 - accuracy", "unfairness_sum", "parameters"}; }
  std::optional<BestRule> best_rule() const override { return BestRule::for_classes(2); }
  bool is_costly() const override { return true; }
  std::string goal() const override { return "a high accuracy"; }
  std::string figures(const Evaluation& evaluation) const override { return cnn_figures(evaluation); }

 private:
  const SearchSpace& space_;
};

/// Drawn images and a folder for runs: a design that was trained for one search is not trained for the next one.
struct Images {
  test::TemporaryFolder folder;
  DataSource source{.folder = folder / "data", .split = folder / "split.json"};
  std::shared_ptr<const RunData> loaded;

  Images() {
    ::setenv("FLNAS_CACHE", (folder / "cache").c_str(), 1);
    write_synthetic(source.folder, {.images = 120, .size = 16, .seed = 3});
    const Table table = read_table(source.folder, load_adapter("isic2019"));
    write_json(source.split, split_to_json(make_split(table, {.protocol = "clean", .images = 0})));
    loaded = std::make_shared<const RunData>(source, "binary", 16);
  }
};

constexpr nn::ModelOptions kOnImages{.classes = 2, .size = 16};

Searchable cnn_by_training() {
  static const Images images;
  Searchable problem;
  const auto space = std::make_shared<const CnnSpace>(
      load_cnn({}, tests::tests_dir() + "/../searches/spaces/cnn/small.json"), kOnImages, 8, 2);
  TrainingEvaluatorConfig config;
  config.train.task = "binary";
  config.train.size = 16;
  config.train.epochs = 1;
  config.train.threads = 1;
  config.train.device = "cpu";
  config.data = images.source;
  config.loaded = images.loaded;
  config.out = images.folder / "out";
  config.target = load_platform("pi4");  // an estimate: the same in each search
  config.command = [](const auto&, std::uint64_t, const auto&) { return "flnas train"; };
  problem.evaluator = std::make_unique<TrainingEvaluator>(trained_cnn(space), config);
  problem.space = space;
  return problem;
}

Searchable cnn_by_formula() {
  Searchable problem;
  auto space = std::make_unique<CnnSpace>(load_cnn(), nn::ModelOptions{.classes = 2, .size = 32}, 8, 2);
  problem.evaluator = std::make_unique<FormulaEvaluator>(*space);
  problem.space = std::move(space);
  return problem;
}

/// Drawn people, as Images has drawn images.
struct People {
  test::TemporaryFolder folder;
  DataSource source{.folder = folder / "data", .split = folder / "split.json"};
  std::shared_ptr<const RunData> loaded;

  People() {
    write_synthetic_table(source.folder, {.rows = 300, .seed = 3});
    const Table table = read_table(source.folder, load_adapter("", source.folder));
    write_json(source.split, split_to_json(make_split(table, {.protocol = "clean", .images = 0})));
    loaded = std::make_shared<const RunData>(source, "", 0);
  }
};

std::shared_ptr<const MlpSpace> mlp_space(const nn::ModelOptions& options) {
  return std::make_shared<const MlpSpace>(load_mlp_choices(), options, 8, 2);
}

Searchable mlp_by_training() {
  static const People people;
  const auto space = mlp_space(people.loaded->model_options());
  TrainingEvaluatorConfig config;
  config.train.task = people.loaded->task().name;
  config.train.epochs = 1;
  config.train.batch = 64;
  config.train.threads = 1;
  config.train.device = "cpu";
  config.data = people.source;
  config.loaded = people.loaded;
  config.out = people.folder / "out";
  config.target = load_platform("pi4");  // an estimate: the same in each search
  config.command = [](const auto&, std::uint64_t, const auto&) { return "flnas train"; };
  return {.cells = {}, .space = space, .evaluator = std::make_shared<TrainingEvaluator>(trained_mlp(space), config)};
}

Searchable mlp_by_formula() {
  Searchable problem;
  problem.space = mlp_space({.classes = 2, .size = 0, .columns = {0, 0, 3}});
  problem.evaluator = std::make_shared<ScoreFormula>(*problem.space);
  return problem;
}

Searchable cells_by_table() {
  Searchable problem;
  problem.cells = std::make_unique<test::MadeUpCells>();
  problem.space = std::make_unique<CellSpace>(problem.cells->problem, problem.cells->six);
  problem.evaluator = std::make_unique<searches::TableEvaluator>(problem.cells->problem);
  return problem;
}

/// As `flnas search --evaluator proxies` opens it.
Searchable by_proxies(const std::string& space, const std::string& niches, const std::string& target) {
  SearchPlan plan;
  SearchRequest request;
  request.space = space;
  request.niches = niches;
  request.target = target;
  request.train.size = space == "cnn" ? 32 : 16;
  request.train.threads = 1;
  request.own.of<ProxySettings>().proxies = {"params"};
  request.own.of<ProxySettings>().proxy_batch = 2;
  request.own.of<SubnetSettings>().classes = 4;
  plan.request = request;
  const auto problems = find_evaluator(find_space(space), kProxies).open(plan);
  const Searched searched = problems->open(0).open({.configuration = {}, .seed = 3, .folder = {}});
  return {.cells = {}, .space = searched.space, .evaluator = searched.evaluator};
}

Searchable subnets_by_proxies() { return by_proxies("autoformer-tiny", "width", "pi4"); }  // an estimate, which repeats
Searchable cnn_by_proxies() { return by_proxies("cnn", "macs:2", ""); }
Searchable cells_by_proxies() { return by_proxies("nas_bench_201", "convolutions", ""); }

/// The space that the row's own evaluator has, with the formula.
template <Searchable (*make)()>
Searchable by_cost() {
  Searchable problem = make();
  problem.evaluator = std::make_shared<CostFormula>(*problem.space);
  return problem;
}

}  // namespace

const std::vector<SpaceRow>& space_rows() {
  static const std::vector<SpaceRow> rows = {{.space = "cnn",
                                              .evaluator = "train",
                                              .has_tokens = true,
                                              .has_prior = true,
                                              .has_accuracy = true,
                                              .evaluations = 6,
                                              .make = cnn_by_training,
                                              .make_quick = cnn_by_formula},
                                             {.space = "mlp",
                                              .evaluator = "train",
                                              .has_tokens = true,
                                              .has_prior = true,
                                              .has_accuracy = true,
                                              .evaluations = 6,
                                              .make = mlp_by_training,
                                              .make_quick = mlp_by_formula},
                                             {.space = "nas_bench_201",
                                              .evaluator = "table",
                                              .has_tokens = true,
                                              .has_prior = true,
                                              .has_accuracy = true,
                                              .evaluations = 12,
                                              .make = cells_by_table,
                                              .make_quick = cells_by_table},
                                             {.space = "autoformer-tiny",
                                              .evaluator = "proxies",
                                              .has_tokens = true,
                                              .has_prior = false,
                                              .has_accuracy = false,
                                              .evaluations = 2,
                                              .make = subnets_by_proxies,
                                              .make_quick = by_cost<subnets_by_proxies>},
                                             {.space = "cnn",
                                              .evaluator = "proxies",
                                              .has_tokens = true,
                                              .has_prior = true,
                                              .has_accuracy = false,
                                              .evaluations = 6,
                                              .make = cnn_by_proxies,
                                              .make_quick = by_cost<cnn_by_proxies>},
                                             {.space = "nas_bench_201",
                                              .evaluator = "proxies",
                                              .has_tokens = true,
                                              .has_prior = true,
                                              .has_accuracy = false,
                                              .evaluations = 6,
                                              .make = cells_by_proxies,
                                              .make_quick = by_cost<cells_by_proxies>}};
  return rows;
}

}  // namespace flnas::tests
