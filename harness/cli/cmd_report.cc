#include <fmt/format.h>

#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/study/collection.h"

namespace flnas::cli {

void add_report(CLI::App& app, Context& context) {
  const CommandHelp help{
      .summary = "write the report of a study, a search, or runs of your own: HTML, Markdown, LaTeX, CSV, JSON",
      .examples = {"flnas report out", "flnas report runs/a runs/b runs/c --title \"Three networks\" --out compared"},
      .next = "open report.html; flnas verify DIR recomputes every figure in it",
      .group = kFigures};
  add_command<study::ReportRequest>(app, context, help, [](const study::ReportRequest& request) {
    const auto written = study::write_report(request);
    for (const auto& problem : written.notes) fmt::print(stderr, "note: {}\n", problem);
    fmt::print("{}\n", (written.report / "report.html").string());
    print_next("flnas verify " + shell_quote(written.folder.string()));
  });
}

}  // namespace flnas::cli
