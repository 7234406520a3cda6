#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/base/text_table.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/records/pareto_points.h"

namespace flnas::cli {
namespace {

std::string pareto_text(const ParetoResult& result, const TableForm& form) {
  const Json& front = result.front;
  std::vector<TextRow> rows = {{"row"}};
  for (const auto& name : front["objectives"]) rows[0].push_back(name.get<std::string>());
  for (const auto& row : front["front"]) {
    TextRow& cells = rows.emplace_back(TextRow{row.dump()});
    for (const auto& name : front["objectives"]) {
      const auto column = result.points.column(name.get<std::string>());
      cells.push_back(result.points.at(row.get<std::size_t>(), column));
    }
  }
  std::string text = fmt::format("front: {} of {} rows\n", front["front"].size(), result.points.rows());
  text += show_table(rows, std::string(rows[0].size(), 'r'), form);
  std::vector<std::string> reference;
  for (const auto& value : front["reference"]) reference.push_back(fmt::format("{:.6g}", value.get<double>()));
  text += wrap(fmt::format("hypervolume {:.6g}, of what the front dominates up to the reference point ({})",
                           front["hypervolume"].get<double>(), fmt::join(reference, ", ")),
               0, 2) +
          "\n";
  if (!front["igd"].is_null()) text += fmt::format("IGD {:.6g}, to the reference front\n", front["igd"].get<double>());
  return text;
}

}  // namespace

void add_pareto(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "front, exact hypervolume and IGD of points in a table",
                         .examples = {"flnas pareto points.csv --minimise unfairness,latency --maximise accuracy"},
                         .next = "the rows of the front are those of the CSV, counted from 0",
                         .group = kFigures,
                         .tables = true};
  add_command<ParetoRequest>(app, context, help, [](const ParetoRequest& request, const Output& output) {
    const ParetoResult result = pareto_of_files(request);
    fmt::print("{}", output.json ? result.front.dump(2) + "\n" : pareto_text(result, output.tables));
    if (!output.json) print_next("the rows of the front are counted from 0; --json has them as a list");
  });
}

}  // namespace flnas::cli
