#include "harness/train/trainer.h"

#include <torch/utils.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/classifier.h"
#include "harness/train/checkpoint.h"
#include "tests/base/fixture.h"

namespace {

using flnas::TrainConfig;
using flnas::Trainer;

constexpr int kSize = 8;

/// Two classes, dark and bright, with noise that depends on the image's number only.
struct Dots {
  explicit Dots(int n) {
    for (int i = 0; i < n; ++i) {
      for (int p = 0; p < kSize * kSize * 3; ++p) {
        bytes.push_back(static_cast<std::uint8_t>((i % 2 == 0 ? 60 : 140) + (i * 31 + p * 17) % 60));
      }
    }
    data.classes = {"dark", "bright"};
    for (auto* rows : {&data.train, &data.validation, &data.test}) *rows = {.pixels = bytes.data(), .size = kSize};
    for (int i = 0; i < n; ++i) {
      auto& rows = i < n / 2 ? data.train : data.validation;
      rows.row.push_back(i);
      rows.label.push_back(i % 2);
    }
  }
  std::vector<std::uint8_t> bytes;
  flnas::ExampleData data;
};

TrainConfig config() {
  TrainConfig config;
  config.size = kSize;
  config.batch = 6;
  config.epochs = 4;
  config.threads = 1;
  config.device = "cpu";
  config.lr = 1e-2;
  return effective_config(config);
}

std::shared_ptr<flnas::nn::Classifier> small_network() {
  const auto json = flnas::parse_json(R"({"name": "small",
    "stages": [{"channels": 8, "norm": "batch", "pooling": "max", "dropout": 0.2}],
    "head": {"reduce": "flatten"}})",
                                      "test");
  torch::manual_seed(11);
  return flnas::nn::build_classifier(flnas::nn::parse_architecture(json, "test"), {.classes = 2, .size = kSize});
}

struct Run {
  Dots dots{40};
  std::shared_ptr<flnas::nn::Classifier> model = small_network();
  TrainConfig settings;
  Trainer trainer;

  explicit Run(const TrainConfig& c = config()) : settings(c), trainer(*model, dots.data, c, use_device(c)) {}
};

bool same_state(const Run& a, const Run& b) {
  const auto left = flnas::nn::state_view(*a.model), right = flnas::nn::state_view(*b.model);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!at::equal(left[i].second, right[i].second)) return false;
  }
  return left.size() == right.size();
}

using Folder = flnas::test::TemporaryFolder;

}  // namespace

BOOST_AUTO_TEST_SUITE(trainer)

BOOST_AUTO_TEST_CASE(a_small_network_learns_to_tell_dark_from_bright) {
  TrainConfig c = config();
  c.epochs = 20;  // batch norm's running statistics need some steps
  c.patience = 0;
  Run run(c);
  while (!run.trainer.finished()) run.trainer.run_epoch();
  BOOST_TEST(run.trainer.history().size() == 20U);
  BOOST_TEST(*run.trainer.history().back().train_loss < *run.trainer.history().front().train_loss);
  BOOST_TEST(*run.trainer.history().back().validation_accuracy > 0.9);
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_bits_and_another_seed_does_not) {
  Run a, b;
  TrainConfig other = config();
  other.seed = 2;
  Run c(other);
  for (auto* run : {&a, &b, &c}) run->trainer.run_epoch();
  BOOST_TEST(same_state(a, b));
  BOOST_TEST(!same_state(a, c));
}

BOOST_AUTO_TEST_CASE(a_run_continued_from_a_checkpoint_ends_bit_identical) {
  const Folder folder;
  Run whole;
  while (!whole.trainer.finished()) whole.trainer.run_epoch();
  {
    Run killed;
    killed.trainer.run_epoch();
    killed.trainer.run_epoch();
    killed.trainer.save(folder.path / "checkpoint.pt");
  }
  Run continued;
  torch::rand({100});  // whatever ran before must not matter
  continued.trainer.load(folder.path / "checkpoint.pt");
  BOOST_TEST(continued.trainer.history().size() == 2U);
  while (!continued.trainer.finished()) continued.trainer.run_epoch();
  BOOST_TEST(same_state(whole, continued));
  BOOST_TEST(*whole.trainer.history().back().validation_loss == *continued.trainer.history().back().validation_loss);
  whole.trainer.restore_best();
  continued.trainer.restore_best();
  BOOST_TEST(same_state(whole, continued));
}

BOOST_AUTO_TEST_CASE(a_continued_run_of_the_whole_recipe_ends_bit_identical) {
  const Folder folder;
  TrainConfig c = config();
  c.optimizer = "adamw";
  c.weight_decay = 0.05;
  c.schedule = "cosine";
  c.warmup = 1;
  c.ema = 0.9;
  c.clip = 1;
  c.crop = 0.5;
  c.selection = "auroc";
  Run whole(c);
  while (!whole.trainer.finished()) whole.trainer.run_epoch();
  {
    Run killed(c);
    killed.trainer.run_epoch();
    killed.trainer.save(folder.path / "checkpoint.pt");
  }
  Run continued(c);
  continued.trainer.load(folder.path / "checkpoint.pt");
  while (!continued.trainer.finished()) continued.trainer.run_epoch();
  BOOST_TEST(same_state(whole, continued));
  whole.trainer.restore_best();
  continued.trainer.restore_best();
  BOOST_TEST(same_state(whole, continued));
}

BOOST_AUTO_TEST_CASE(the_kept_epoch_is_the_one_with_the_highest_auroc_where_that_is_asked_for) {
  TrainConfig c = config();
  c.selection = "auroc";
  Run run(c);
  while (!run.trainer.finished()) run.trainer.run_epoch();
  const auto& history = run.trainer.history();
  BOOST_TEST_REQUIRE(history.size() > 1u);
  for (const auto& epoch : history) {
    BOOST_TEST(*epoch.validation_auroc <=
               *history[static_cast<std::size_t>(run.trainer.best_epoch() - 1)].validation_auroc);
  }
}

BOOST_AUTO_TEST_CASE(the_best_epoch_is_the_one_with_the_lowest_validation_loss) {
  Run run;
  while (!run.trainer.finished()) run.trainer.run_epoch();
  double lowest = 1e9;
  int epoch = 0;
  for (const auto& record : run.trainer.history()) {
    if (*record.validation_loss < lowest) {
      lowest = *record.validation_loss;
      epoch = record.epoch;
    }
  }
  BOOST_TEST(run.trainer.best_epoch() == epoch);
}

BOOST_AUTO_TEST_CASE(training_stops_when_the_validation_loss_has_not_fallen_for_patience_epochs) {
  TrainConfig c = config();
  c.lr = 1e-12;  // nothing is learned, so the loss stays where it is or wanders
  c.epochs = 50;
  c.patience = 2;
  Run run(c);
  while (!run.trainer.finished()) run.trainer.run_epoch();
  BOOST_TEST(run.trainer.stopped_early());
  BOOST_TEST(static_cast<int>(run.trainer.history().size()) == run.trainer.best_epoch() + 2);
}

BOOST_AUTO_TEST_CASE(the_cosine_schedule_falls_from_the_rate_towards_zero) {
  TrainConfig c = config();
  c.schedule = "cosine";
  Run run(c);
  while (!run.trainer.finished()) run.trainer.run_epoch();
  BOOST_TEST(run.trainer.history()[0].lr == 1e-2);
  BOOST_TEST(run.trainer.history()[2].lr == 0.5e-2, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_checkpoint_of_another_configuration_is_refused) {
  const Folder folder;
  Run run;
  run.trainer.run_epoch();
  run.trainer.save(folder.path / "checkpoint.pt");
  TrainConfig c = config();
  c.batch = 7;
  Run other(c);
  BOOST_CHECK_THROW(other.trainer.load(folder.path / "checkpoint.pt"), flnas::ConfigError);
}

BOOST_AUTO_TEST_CASE(a_damaged_checkpoint_is_a_data_error) {
  const Folder folder;
  Run run;
  run.trainer.run_epoch();
  const auto file = folder.path / "checkpoint.pt";
  run.trainer.save(file);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  BOOST_CHECK_THROW(run.trainer.load(file), flnas::DataError);
  flnas::write_file(file, "not a checkpoint");
  BOOST_CHECK_THROW(run.trainer.load(file), flnas::DataError);
}

BOOST_AUTO_TEST_CASE(a_loss_that_is_no_number_is_an_error) {
  TrainConfig c = config();
  c.lr = 1e30;
  Run run(c);
  BOOST_CHECK_THROW(while (!run.trainer.finished()) run.trainer.run_epoch(), flnas::Error);
}

BOOST_AUTO_TEST_SUITE_END()
