#include <fmt/format.h>

#include <memory>

#include "harness/cli/commands.h"
#include "reports/report.h"

namespace flnas::cli {

void add_report(CLI::App& app, int&) {
  struct Options {
    std::string dir;
    std::string out;
  };
  const auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("report", "Write the report of a reproduction: HTML, Markdown, LaTeX, CSV, JSON");
  command->add_option("dir", options->dir, "Folder that `flnas reproduce --out` wrote")->required();
  command->add_option("--out", options->out, "Folder for the report (default: DIR/report)");
  command->callback([options] {
    const std::filesystem::path dir = options->dir;
    const std::filesystem::path out = options->out.empty() ? dir / "report" : std::filesystem::path(options->out);
    for (const auto& problem : reports::write_report(dir, out)) fmt::print(stderr, "note: {}\n", problem);
    fmt::print("{}\n", (out / "report.html").string());
  });
}

}  // namespace flnas::cli
