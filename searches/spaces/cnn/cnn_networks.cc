#include "searches/spaces/cnn/cnn_networks.h"

#include <ATen/Functions.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/nn/classifier.h"
#include "searches/proxies/proxy_problem.h"
#include "searches/spaces/cnn/cnn_settings.h"
#include "searches/spaces/cnn/cnn_words.h"
#include "searches/spaces/cnn/design_file.h"
#include "searches/spaces/cnn/designs/design.h"
#include "searches/training/training_problem.h"
#include "searches/training/training_settings.h"

namespace flnas::searches {
namespace {

/// Training images, drawn by the seed and normalised, with their classes.
proxies::ProxyBatch training_batch(const RunData& data, std::int64_t count, std::uint64_t seed) {
  const ExampleData examples = data.examples();
  const Examples& train = examples.train;
  if (train.count() < static_cast<std::size_t>(count)) {
    throw DataError(fmt::format("{} training images do not fill --proxy-batch {}", train.count(), count));
  }
  std::vector<std::size_t> order(train.count());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  Random(seed).shuffle(order);
  const at::Tensor images = at::empty({count, train.size, train.size, 3}, at::kByte);
  const at::Tensor labels = at::empty({count}, at::kLong);
  const auto bytes = static_cast<std::size_t>(train.size) * static_cast<std::size_t>(train.size) * 3;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    std::copy_n(train.image(order[i]), bytes, images.data_ptr<std::uint8_t>() + i * bytes);
    labels.data_ptr<std::int64_t>()[i] = train.label[order[i]];
  }
  return {.images = proxies::normalised(images.permute({0, 3, 1, 2}).to(at::kFloat).contiguous()), .labels = labels};
}

/// Whatever batch designs are trained with later: its memory is a limit's.
const int kBatch = TrainConfig{}.batch;

CnnDefinition definition_asked(const CommonRequest& request) {
  const ChoicesSettings& choices = request.own.of<ChoicesSettings>();
  CnnDefinition definition = load_cnn(request.own.of<CnnSettings>().template_file, choices.file);
  definition.choices = choices.limited(std::move(definition.choices));
  return definition;
}

std::shared_ptr<const CnnSpace> cnn_space(CnnDefinition definition, const nn::ModelOptions& options,
                                          const std::string& partition) {
  const int niches = partition == "none" ? 1 : macs_niches_asked(partition);
  return std::make_shared<const CnnSpace>(std::move(definition), options, kBatch, niches);
}

nn::ModelEntry network_of(const std::shared_ptr<const CnnSpace>& space, Candidate candidate) {
  return {.name = space->hash(candidate),
          .title = "Design",
          .source = "flnas search",
          .paper_parameters = {},
          .make = [space, candidate](const nn::ModelOptions& options) {
            return nn::build_classifier(space->architecture(candidate), options);
          }};
}

}  // namespace

TrainedSpace trained_cnn(std::shared_ptr<const CnnSpace> space, int frozen_head) {
  TrainedSpace trained{.space = space,
                       .options = space->options(),
                       .network = [space](Candidate candidate) { return network_of(space, candidate); },
                       .basic = *space->parse(canonical(space->definition().basic)).candidate,
                       .niches = space->macs_niches(),
                       .settings = {{"template", canonical(space->definition().basic)},
                                    {"choices", space->definition().choices.json},
                                    {"frozen_head", frozen_head}},
                       .words = cnn_words(space->definition(), space->options()),
                       .write = [options = space->options()](
                                    const std::filesystem::path& file, const std::string& title, const Json& design,
                                    const std::string& source) { write_design(file, title, design, source, options); }};
  if (frozen_head > 0) {
    FrozenPart& part = trained.frozen.emplace();
    part.stages = frozen_head;
    for (int i = 0; i < frozen_head; ++i) part.tensors.push_back(fmt::format("stages.{}.", i));
  }
  return trained;
}

std::unique_ptr<ProblemSet> open_cnn_training(const SearchPlan& plan) {
  return open_training(plan, [](const SearchPlan& asked, const RunData& data, int niches) {
    const CommonRequest& request = asked.request;
    const nn::ModelOptions options = data.model_options();
    nn::require_geometry("space cnn", options, 1);  // refuses a table
    const int frozen_head = request.own.of<CnnTrainingSettings>().frozen_head;
    CnnDefinition definition = definition_asked(request);
    CnnSpace(definition, options, request.train.batch).require_members();
    return trained_cnn(
        std::make_shared<const CnnSpace>(std::move(definition), options, request.train.batch, niches, frozen_head),
        frozen_head);
  });
}

std::unique_ptr<ProblemSet> open_cnn_networks(const SearchPlan& plan) {
  const CommonRequest& request = plan.request;
  const DataSource& source = request.own.of<DataSettings>().data;
  const Adapter adapter = load_adapter(source.adapter, source.folder);
  const Task task = task_of_data(adapter, request.train.task);
  const nn::ModelOptions options{.classes = static_cast<std::int64_t>(task.classes.size()),
                                 .size = request.train.size,
                                 .columns = adapter.columns()};
  nn::require_geometry("space cnn", options, 1);
  const std::string usual = plan.needs_niches() ? "macs:4" : "none";
  const std::string partition = request.niches.empty() ? usual : request.niches;
  const auto space = cnn_space(definition_asked(request), options, partition);
  space->require_members();
  NetworkSpace networks{.space = space,
                        .options = options,
                        .network = [space](Candidate candidate) { return network_of(space, candidate); },
                        .settings = {{"partition", partition},
                                     {"template", canonical(space->definition().basic)},
                                     {"choices", space->definition().choices.json},
                                     {"task", task.name},
                                     {"images", "noise"}}};
  if (!source.folder.empty()) {
    const auto data = std::make_shared<const RunData>(source, task.name, request.train.size);
    nn::require_geometry("space cnn", data->model_options(), 1);
    networks.settings["images"] = data->info().fingerprint;
    networks.settings["split"] = data->info().split_sha256;
    if (source.fold != 0) networks.settings["fold"] = source.fold;
    networks.images = [data](std::int64_t count, std::uint64_t seed) { return training_batch(*data, count, seed); };
  }
  networks.write = [options](const std::filesystem::path& file, const std::string& title, const Json& design) {
    write_design(file, title, design, "flnas search by zero-cost proxies", options);
  };
  return open_proxies(plan, std::move(networks));
}

std::shared_ptr<const SearchSpace> recorded_cnn_space(const Json& settings) {
  CnnDefinition definition{.basic = nn::parse_architecture(settings.at("template"), "settings: template"),
                           .choices = parse_choices(settings.at("choices"), "settings: choices")};
  const nn::ModelOptions options{.classes = settings.at("classes").get<std::int64_t>(),
                                 .size = settings.at("size").get<std::int64_t>()};
  return cnn_space(std::move(definition), options, settings.at("partition").get<std::string>());
}

bool has_images_or_none(const CommonRequest& request) {
  const DataSource& data = request.own.of<DataSettings>().data;
  return data.folder.empty() == data.split.empty();
}

}  // namespace flnas::searches
