#include "searches/spaces/mlp/mlp_training.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "harness/base/fields.h"
#include "searches/spaces/mlp/mlp_words.h"
#include "searches/training/training_problem.h"
#include "searches/training/training_settings.h"

namespace flnas::searches {
namespace {

void write_mlp(const std::filesystem::path& file, const std::string& title, const Json& design,
               const std::string& source) {
  nn::Mlp mlp = nn::parse_mlp(design, file.string());
  mlp.name = file.stem().string();
  mlp.title = title;
  mlp.source = source;
  write_json(file, config_to_json(mlp));
}

}  // namespace

std::string columns_text(const std::vector<Feature>& features) {
  std::vector<std::string> numbers, all;
  for (const Feature& feature : features) {
    if (feature.categories.empty()) {
      numbers.push_back(feature.name);
    } else {
      all.push_back(fmt::format("{} ({})", feature.name, fmt::join(feature.categories, " or ")));
    }
  }
  if (!numbers.empty()) all.insert(all.begin(), fmt::format("{} (numbers)", fmt::join(numbers, ", ")));
  return fmt::format("rows of {} columns: {}", features.size(), fmt::join(all, ", "));
}

TrainedSpace trained_mlp(std::shared_ptr<const MlpSpace> space, const std::vector<Feature>& features) {
  TrainedSpace trained{.space = space,
                       .options = space->options(),
                       .network =
                           [space](Candidate candidate) {
                             nn::Mlp mlp = space->mlp(candidate);
                             mlp.name = space->hash(candidate);
                             mlp.title = "Design";
                             mlp.source = "flnas search";
                             return nn::mlp_entry(mlp);
                           },
                       .basic = *space->parse(config_to_json(nn::Mlp{})).candidate,
                       .niches = space->macs_niches(),
                       .settings = {{"choices", space->choices().json}},
                       .words = mlp_words(space->choices(), space->options()),
                       .write = write_mlp};
  if (!features.empty()) trained.words.inputs = columns_text(features);
  return trained;
}

std::unique_ptr<ProblemSet> open_mlp_training(const SearchPlan& plan) {
  return open_training(plan, [](const SearchPlan& asked, const RunData& data, int niches) {
    const CommonRequest& request = asked.request;
    const ChoicesSettings& choices = request.own.of<ChoicesSettings>();
    auto space = std::make_shared<const MlpSpace>(choices.limited(load_mlp_choices(choices.file)), data.model_options(),
                                                  request.train.batch, niches);
    space->require_members();
    return trained_mlp(std::move(space), data.table().adapter.features);
  });
}

}  // namespace flnas::searches
