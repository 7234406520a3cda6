#include "harness/cli/model_registry.h"

#include "baselines/zoo.h"
#include "harness/nn/autoformer/autoformer.h"
#include "harness/nn/models/model_files.h"
#include "searches/spaces/cnn/models/searched_models.h"
#include "searches/spaces/cnn/models/sequential_file.h"

namespace flnas::cli {

nn::Registry known_models() {
  std::vector<nn::ModelEntry> models = baselines::zoo();
  for (auto& model : searches::searched_models()) models.push_back(std::move(model));
  for (const auto& subnet : nn::published_autoformers()) models.push_back(nn::autoformer_entry(subnet));
  nn::model_files() = {
      {.extension = ".py", .read = searches::sequential_file, .outputs = searches::sequential_outputs}};
  return nn::Registry(std::move(models));
}

nn::Registry table_one_models() {
  std::vector<nn::ModelEntry> models = known_models().entries();
  std::erase_if(models, [](const nn::ModelEntry& model) { return !model.paper_parameters; });
  return nn::Registry(std::move(models));
}

}  // namespace flnas::cli
