#include <ATen/Functions.h>
#include <torch/csrc/jit/api/module.h>

#include <boost/test/unit_test.hpp>
#include <set>

#include "harness/base/hash.h"
#include "harness/base/json.h"
#include "tests/cli/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

struct Pipeline : tests::Program {
  /// Measures a model for a reproduction in `out`, in a second: what is there is not measured again.
  void measured_already(const std::string& model, const std::string& name) const {
    const auto result = run(fmt::format("measure {0}{2} --seconds 0.05 --threads 1 --out out/hardware/{1}", model, name,
                                        model == name ? "" : " --name " + name));
    BOOST_TEST_CONTEXT(result.output) { BOOST_TEST_REQUIRE(result.exit_code == 0); }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pipeline, Pipeline)

BOOST_AUTO_TEST_CASE(train_evaluate_and_metrics_agree) {
  BOOST_TEST(run(tests::Program::train("r")).exit_code == 0);
  BOOST_TEST(run("evaluate r --data data --split split.json --out again.csv").exit_code == 0);
  const auto metrics = run("metrics again.csv --json");
  BOOST_TEST(metrics.exit_code == 0);
  const Json again = parse_json(metrics.output, "metrics"), stored = read_json(root / "r/run.json").at("metrics");
  BOOST_TEST(again.at("accuracy") == stored.at("accuracy"));
  BOOST_TEST(again.at("unfairness_sum") == stored.at("unfairness_sum"));
}

BOOST_AUTO_TEST_CASE(an_evaluation_without_a_split_says_that_it_is_of_all_images) {
  BOOST_TEST(run(tests::Program::train("r")).exit_code == 0);
  BOOST_TEST(contains(run("evaluate r --data data --out all.csv").errors,
                      "note: without --split all 100 images are evaluated"));
  BOOST_TEST(run("evaluate r --data data --split split.json --out test.csv").errors ==
             "next: flnas metrics test.csv\n");
}

BOOST_AUTO_TEST_CASE(a_model_that_only_resembles_its_row_of_table_one_says_so) {
  const auto trained =
      run("train fahana_fair --data data --split split.json --task binary --size 32 --epochs 1 --batch 32 --threads 1 "
          "--out r");
  BOOST_TEST_INFO(trained.output);
  BOOST_TEST(contains(trained.output, "fahana_fair (approximate) epoch 1/1"));
  BOOST_TEST(contains(trained.output, "fahana_fair (approximate): passed"));
  BOOST_TEST(contains(run("measure fahana_fair --platform pi4 --out h").output, "fahana_fair (approximate): "));
}

BOOST_AUTO_TEST_CASE(a_reproduction_reports_verifies_and_notices_a_changed_byte) {
  measured_already("search3", "search3");
  const std::string command = "reproduce --data data --models search3 --size 16 --epochs 1 --jobs 2 --out out";
  const auto first = run(command);
  BOOST_TEST_INFO(first.output);
  BOOST_TEST(first.exit_code == 0);
  BOOST_TEST(contains(first.output, "Search-3"));
  BOOST_TEST(std::filesystem::exists(root / "out/report/report.html"));
  BOOST_TEST(run("verify out").exit_code == 0);

  const auto second = run(command);
  BOOST_TEST(second.exit_code == 0);
  BOOST_TEST(!contains(second.output, "epoch 1/1"));

  const std::string predictions = "out/runs/constant/predictions.csv";
  std::string changed = text(predictions);
  changed[changed.find("benign")] = 'x';
  write_file(root / predictions, changed);
  const auto invalid = run("verify out");
  BOOST_TEST(invalid.exit_code == 1);
  BOOST_TEST(contains(invalid.output, "INVALID"));
  BOOST_TEST(contains(invalid.output, "runs/constant"));
}

BOOST_AUTO_TEST_CASE(a_reproduction_by_crossfit_is_pooled_reported_verified_and_resumed) {
  const std::string command =
      "reproduce --data data --protocol crossfit --folds 2 --models search3,search3@reweight --size 16 --epochs 1 "
      "--seeds 2 --no-hardware --jobs 2 --out out";
  const auto first = run(command);
  BOOST_TEST_INFO(first.output);
  BOOST_TEST_REQUIRE(first.exit_code == 0);
  BOOST_TEST(contains(first.errors, "[8/8]"));
  BOOST_TEST(contains(first.errors, "left"));
  const Json record = read_json(root / "out/reproduce.json");
  BOOST_TEST(record.at("folds") == 2);
  BOOST_TEST(record.at("runs").size() == 2U + 2 * 2 * 2);
  BOOST_TEST(record.at("pooled").size() == 1U + 2 * 2);
  BOOST_TEST(record.at("hardware").empty());
  for (const auto& pooled_folder : record.at("pooled")) {
    const Json pooled = read_json(root / "out" / pooled_folder.get<std::string>() / "run.json");
    BOOST_TEST(pooled.at("data").at("images").at("test") == 100);
    BOOST_TEST(pooled.at("inputs").size() == 2U);
  }
  const auto verified = run("verify out");
  BOOST_TEST_INFO(verified.output);
  BOOST_TEST(verified.exit_code == 0);

  // A fold that is lost is trained again, and nothing else.
  const std::string lost = record.at("runs")[3].get<std::string>();
  std::filesystem::remove_all(root / "out" / lost);
  const auto second = run(command);
  BOOST_TEST(second.exit_code == 0);
  BOOST_TEST(contains(second.errors, "[1/1]"));
  BOOST_TEST(run("verify out").exit_code == 0);
  const auto other = run("reproduce --data data --protocol crossfit --folds 3 --models search3 --size 16 --out out");
  BOOST_TEST(other.exit_code == 2);
  BOOST_TEST(contains(other.output, "with another number of folds"));
}

BOOST_AUTO_TEST_CASE(models_from_files_of_one_name_have_folders_and_rows_of_their_own) {
  write_file(root / "A/best.json", R"({"name": "best", "stages": [{"channels": 4}]})");
  write_file(root / "B/best.json", R"({"name": "best", "stages": [{"channels": 6}]})");
  const std::string a = "best-" + sha256_file(root / "A/best.json").substr(0, 8),
                    b = "best-" + sha256_file(root / "B/best.json").substr(0, 8);
  measured_already("A/best.json", a), measured_already("B/best.json", b);
  const auto result =
      run("reproduce --data data --models A/best.json,B/best.json --size 16 --epochs 1 --out out --jobs 2");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == 0);
  const Json record = read_json(root / "out/reproduce.json");
  BOOST_TEST(record.at("models") == Json({a, b}));
  BOOST_TEST(contains(record.at("command").get<std::string>(), " --jobs 2"));
  for (const auto& name : {a, b}) {
    BOOST_TEST(read_json(root / "out/hardware" / name / "run.json").at("model").at("name") == name);
    BOOST_TEST(contains(result.output, name));
  }
  std::set<Json> parameters;
  for (std::size_t i = 1; i < record.at("runs").size(); ++i) {
    const Json trained = read_json(root / "out" / record.at("runs")[i].get<std::string>() / "run.json");
    parameters.insert(trained.at("model").at("parameters"));
  }
  BOOST_TEST(parameters.size() == 2U);
  BOOST_TEST(run("verify out").exit_code == 0);
}

BOOST_AUTO_TEST_CASE(the_same_model_twice_is_refused) {
  write_file(root / "A/a.json", R"({"name": "best", "stages": [{"channels": 4}]})");
  write_file(root / "b.json", text("A/a.json"));
  const auto twice = run("reproduce --data data --models search3,search3 --out out");
  BOOST_TEST(twice.exit_code == 2);
  BOOST_TEST(contains(twice.output, "'search3' is there twice"));
  const auto copies = run("reproduce --data data --models A/a.json,b.json --out out");
  BOOST_TEST(copies.exit_code == 2);
  BOOST_TEST(contains(copies.output, "'A/a.json' and 'b.json' are the same model"));
  BOOST_TEST(!std::filesystem::exists(root / "out"));
}

BOOST_AUTO_TEST_CASE(a_scripted_model_of_eight_classes_has_hardware_columns_at_eight) {
  torch::jit::Module module("eight");
  module.register_attribute("training", c10::BoolType::get(), true);
  module.register_parameter("weight", at::rand({3, 8}).set_requires_grad(true), false);
  module.define("def forward(self, images):\n  return torch.matmul(images.mean([2, 3]), self.weight)\n");
  module.save((root / "eight.pt").string());
  for (const char* platform : {"host", "pi4"}) {
    const auto result =
        run(fmt::format("measure eight.pt --platform {0} --seconds 0.05 --threads 1 --out {0}", platform));
    BOOST_TEST_INFO(result.output);
    BOOST_TEST(result.exit_code == 0);
    BOOST_TEST(contains(result.output, "note: eight.pt has 8 outputs of its own"));
    const Json record = read_json(root / platform / "run.json");
    BOOST_TEST(record.at("model").at("classes") == 8);
    BOOST_TEST(record.at("model").at("parameters") == 24);
  }
}

BOOST_AUTO_TEST_CASE(a_searched_model_is_written_as_pytorch) {
  const auto named = run("models search3 --pytorch --classes 8 --size 64");
  BOOST_TEST(named.exit_code == 0);
  BOOST_TEST(contains(named.output, "class Search3(nn.Module):"));
  BOOST_TEST(contains(named.output, "nn.Linear(2048, classes)"));
  write_file(root / "mine.json", R"({"name": "mine", "stages": [{"channels": 8, "form": "residual"}]})");
  BOOST_TEST(contains(run("models mine.json --pytorch").output, "BasicBlock(3, 8,"));
  const auto foreign = run("models resnet18 --pytorch");
  BOOST_TEST(foreign.exit_code == 2);
  BOOST_TEST(contains(foreign.output, "'resnet18' is not described by an architecture"));
  BOOST_TEST(run("models --pytorch").exit_code == 2);
}

BOOST_AUTO_TEST_CASE(runs_go_through_slurm_with_the_users_options) {
  // Slurm's srun takes the place of its options and runs the rest; this one measures less long.
  write_file(root / "bin/srun",
             "#!/bin/sh\necho \"$@\" >> srun.log\nwhile case $1 in -*) true ;; *) false ;; esac; do shift; done\n"
             "[ $2 != measure ] || set -- \"$@\" --seconds 0.05 --threads 1\nexec \"$@\"\n");
  std::filesystem::permissions(root / "bin/srun", std::filesystem::perms::owner_all);
  const auto result = shell("PATH=$PWD/bin:$PATH " + tests::flnas_program() +
                            " reproduce --data data --models search3 --size 16 --epochs 1 --out out --slurm "
                            "--slurm-options '--partition=gpu --gres=gpu:1'");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == 0);
  const std::string calls = text("srun.log");
  BOOST_TEST(std::count(calls.begin(), calls.end(), '\n') ==
             4);  // the run, its measurement here, and the estimates of two devices
  BOOST_TEST(contains(calls, "--partition=gpu --gres=gpu:1"));
  BOOST_TEST(run("reproduce --data data --out out2 --slurm-options x").exit_code == 2);
}

BOOST_AUTO_TEST_CASE(the_zoo_lists_table_ones_counts) {
  const auto listing = run("models --json");
  BOOST_TEST(listing.exit_code == 0);
  const Json models = parse_json(listing.output, "models");
  BOOST_TEST(models.size() == 8U);
  int exact = 0;
  for (const auto& model : models) {
    BOOST_TEST(model.at("parameters") == model.at("paper_parameters"));
    exact += model.at("match") == "exact" ? 1 : 0;
  }
  BOOST_TEST(exact == 7);
}

BOOST_AUTO_TEST_SUITE_END()
