#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/commands.h"
#include "harness/records/pareto_points.h"

namespace flnas::cli {
namespace {

struct ParetoArguments {
  std::string points;
  std::string true_front;
  ParetoRequest request;
  bool json = false;
};

std::string pareto_text(const Csv& points, const Json& result) {
  std::string text = fmt::format("front: {} of {} rows\n", result["front"].size(), points.rows());
  for (const auto& row : result["front"]) {
    text += fmt::format("  row {}:", row.get<std::size_t>());
    for (const auto& name : result["objectives"]) {
      const auto column = points.column(name.get<std::string>());
      text += fmt::format("  {} {}", name.get<std::string>(), points.at(row.get<std::size_t>(), column));
    }
    text += "\n";
  }
  text += fmt::format("hypervolume {} (reference {})\n", result["hypervolume"].dump(), result["reference"].dump());
  if (!result["igd"].is_null()) text += fmt::format("igd {}\n", result["igd"].dump());
  return text;
}

void run(const ParetoArguments& arguments) {
  const Csv points = Csv::read(arguments.points);
  std::optional<Csv> true_front;
  if (!arguments.true_front.empty()) true_front = Csv::read(arguments.true_front);
  const Json result = pareto(points, arguments.request, true_front ? &*true_front : nullptr);
  fmt::print("{}", arguments.json ? result.dump(2) + "\n" : pareto_text(points, result));
}

}  // namespace

void add_pareto(CLI::App& app, int&) {
  auto* command = app.add_subcommand("pareto", "front, exact hypervolume and IGD of points in a table");
  auto arguments = std::make_shared<ParetoArguments>();
  ParetoRequest& request = arguments->request;
  command->add_option("points", arguments->points, "CSV with a column per objective; rows are numbered from 0")
      ->required()
      ->option_text("POINTS.csv");
  command->add_option("--minimise", request.minimise, "columns to minimise: A,B,...")->delimiter(',');
  command->add_option("--maximise", request.maximise, "columns to maximise: A,B,...")->delimiter(',');
  command
      ->add_option("--reference", request.reference,
                   "hypervolume's reference point, minimised columns first (default: the worst value of each)")
      ->delimiter(',');
  command->add_flag("--normalise", request.normalise, "scale every objective to 0..1 by its range");
  command->add_option("--true-front", arguments->true_front, "CSV with the same columns, for IGD");
  command->add_flag("--json", arguments->json, "print JSON");
  command->callback([arguments] { run(*arguments); });
}

}  // namespace flnas::cli
