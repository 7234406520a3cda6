#include <fmt/format.h>

#include "harness/base/json.h"
#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/study_text.h"
#include "harness/study/write_report.h"

namespace flnas::cli {

void add_report(CLI::App& app, Context& context) {
  const CommandHelp help{
      .summary = "write the report of a study, a search, or runs of your own: HTML, Markdown, LaTeX, CSV, JSON",
      .examples = {"flnas report out", "flnas report runs/a runs/b runs/c --title \"Three networks\" --out compared"},
      .next = "open report.html; flnas verify DIR recomputes every figure in it",
      .group = kFigures,
      .tables = true};
  add_command<study::ReportRequest>(app, context, help, [](const study::ReportRequest& request, const Output& output) {
    const auto written = study::write_report(request);
    for (const auto& problem : written.notes) fmt::print(stderr, "note: {}\n", problem);
    const std::string page = (written.report / "report.html").string();
    if (output.json) return fmt::print("{}\n", Json({{"report", page}, {"notes", written.notes}}).dump(2));
    fmt::print("{}report: {}\n", study_text(written.report, output.tables), page);
    print_next("flnas verify " + shell_quote(written.folder.string()));
  });
}

}  // namespace flnas::cli
