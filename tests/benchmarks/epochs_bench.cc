// Epochs of a training run: which share of each waits for data, and whether resident memory stays flat. Search-3 on
// synthetic images, as `flnas train` does it; the first argument is a folder for the images, the second their side.
#include <fmt/format.h>
#include <torch/utils.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>

#include "datasets/splits/split.h"
#include "datasets/synthetic/synth.h"
#include "datasets/tables/table.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/base/text.h"
#include "harness/cli/model_registry.h"
#include "harness/cli/process_setup.h"
#include "harness/nn/classifier.h"
#include "harness/train/device.h"
#include "harness/train/run_data.h"
#include "harness/train/trainer.h"

namespace {

using namespace flnas;

constexpr int kImages = 1000;
constexpr int kEpochs = 8;

/// "VmRSS:   123456 kB" of /proc/self/status, in bytes.
double resident_bytes() {
  const std::string status = read_file("/proc/self/status");
  const std::size_t at = status.find("VmRSS:");
  return at == status.npos ? 0 : std::strtod(status.c_str() + at + 6, nullptr) * 1024;
}

void run(const std::filesystem::path& folder, int size) {
  ::setenv("FLNAS_CACHE", (folder / "cache").c_str(), 1);
  DataSource source{.folder = folder / "data", .split = folder / "split.json"};
  write_synthetic(source.folder, {.images = kImages, .size = size, .seed = 1});
  const Table table = read_table(source.folder, load_adapter(source.adapter, source.folder));
  write_json(source.split, split_to_json(make_split(table, {.images = 0})));

  TrainConfig requested;
  requested.task = "binary";
  requested.size = size;
  requested.epochs = kEpochs;
  requested.patience = 0;
  requested.device = "cpu";
  const TrainConfig config = effective_config(requested);
  const DeviceSetup setup = use_device(config);
  const RunData data(source, config.task, config.size);
  const ExampleData pixels = data.examples();
  torch::manual_seed(config.seed);
  const auto model = cli::table_one_models().at("search3").make({.classes = 2, .size = size});
  Trainer trainer(*model, pixels, config, setup);
  fmt::print("search3, {} images of {} px in training, batch {}, {} threads\n", pixels.train.count(), size,
             config.batch, config.threads);
  fmt::print("{:>5}{:>10}{:>18}{:>14}\n", "epoch", "seconds", "waiting for data", "VmRSS");
  fmt::print("{:>5}{:>10}{:>18}{:>14}\n", 0, "", "", format_bytes(resident_bytes()));
  while (!trainer.finished()) {
    const Epoch& epoch = trainer.run_epoch();
    fmt::print("{:>5}{:>10.2f}{:>16.2f} %{:>14}\n", epoch.epoch, epoch.seconds,
               100 * epoch.data_wait_seconds / epoch.seconds, format_bytes(resident_bytes()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  cli::set_up_process();
  if (argc < 2) {
    fmt::print(stderr, "error: no folder; give one for the images: epochs_bench FOLDER [SIZE]\n");
    return 2;
  }
  try {
    run(argv[1], argc > 2 ? std::atoi(argv[2]) : 64);
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
