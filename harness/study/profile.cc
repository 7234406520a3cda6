#include "harness/study/profile.h"

#include <filesystem>

#include "harness/base/fields.h"
#include "resources/profiles.h"

namespace flnas::study {
namespace {

constexpr std::string_view kFolder = "harness/profiles/";

}  // namespace

SynthConfig Profile::synth_config() const {
  SynthConfig config;
  config_from_json(config, synthetic, "profile " + name + ": synthetic");
  return config;
}

TrainConfig Profile::train_config(const std::string& model, std::uint64_t seed) const {
  TrainConfig config;
  config.task = task;
  config_from_json(config, train, "profile " + name + ": train");
  if (const auto found = epochs.find(model); found != epochs.end()) config.epochs = found->second;
  config.seed = seed;
  require_valid(config.problems());
  return config;
}

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const auto& name : profiles::resource_names()) names.push_back(std::filesystem::path(name).stem().string());
  return names;
}

Profile load_profile(const std::string& name_or_file) {
  Profile profile;
  if (std::filesystem::path(name_or_file).extension() == ".json") {
    config_from_json(profile, read_json(name_or_file), name_or_file);
  } else {
    find_name("profile", name_or_file, profile_names());
    const std::string file = std::string(kFolder) + name_or_file + ".json";
    config_from_json(profile, parse_json(*profiles::resource(file), file), file);
  }
  find_name("kind", profile.kind, {"images", "table"});
  profile.synth_config();
  profile.train_config("", 1);
  return profile;
}

}  // namespace flnas::study
