#include "searches/spaces/autoformer/subnet_networks.h"

#include <fmt/format.h>

#include <map>
#include <string>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "searches/proxies/proxy_problem.h"
#include "searches/spaces/autoformer/autoformer_space.h"
#include "searches/spaces/autoformer/subnet_operators.h"

namespace flnas::searches {
namespace {

/// By subnet's text; none without a file.
std::map<std::string, double> read_accuracies(const std::filesystem::path& file, const nn::AutoFormerSpace& space) {
  std::map<std::string, double> accuracies;
  if (file.empty()) return accuracies;
  const Csv csv = Csv::read(file);
  const std::size_t subnet = csv.column("subnet"), accuracy = csv.column("accuracy");
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    try {
      accuracies[subnet_text(read_subnet(csv.at(row, subnet), space))] = csv.number(row, accuracy);
    } catch (const ConfigError& error) {
      throw DataError(fmt::format("{}:{}: {}", csv.where(), csv.line(row), error.what()));
    }
  }
  return accuracies;
}

}  // namespace

std::unique_ptr<ProblemSet> open_subnet_networks(const SearchPlan& plan) {
  const CommonRequest& request = plan.request;
  const auto& own = request.own.of<SubnetSettings>();
  const nn::ModelOptions options{.classes = own.classes, .size = request.train.size};
  if (options.size % nn::kPatchSize != 0) throw ConfigError("--size must be a multiple of 16");
  nn::require_geometry(request.space, options, nn::kPatchSize);
  const std::string usual = plan.needs_niches() ? "width-depth" : "none";
  const std::string partition = request.niches.empty() ? usual : request.niches;
  const auto space = std::make_shared<const AutoFormerSearchSpace>(request.space, partition, options);
  NetworkSpace networks{
      .space = space,
      .options = options,
      .network = [space](Candidate candidate) { return nn::autoformer_entry(space->subnet(candidate)); },
      .settings = {{"partition", partition}},
      .target = "host",
      .accuracies = read_accuracies(own.accuracies, nn::autoformer_space(request.space))};
  if (!own.accuracies.empty()) networks.accuracies_from = "a table: " + own.accuracies.filename().string();
  return open_proxies(plan, std::move(networks));
}

std::shared_ptr<const SearchSpace> recorded_subnet_space(const Json& settings) {
  const nn::ModelOptions options{.classes = settings.at("classes").get<std::int64_t>(),
                                 .size = settings.at("size").get<std::int64_t>()};
  return std::make_shared<const AutoFormerSearchSpace>(settings.at("space").get<std::string>(),
                                                       settings.at("partition").get<std::string>(), options);
}

}  // namespace flnas::searches
