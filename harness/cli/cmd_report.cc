#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "reports/report.h"

namespace flnas::cli {
namespace {

struct ReportRequest {
  static constexpr char kCommand[] = "flnas report";
  std::filesystem::path folder;
  std::filesystem::path out;  ///< blank: folder/report

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("folder", self.folder, "folder that `flnas reproduce` or `flnas search` wrote",
          {.value = "DIR", .positional = true, .required = true});
    visit("out", self.out, "folder of the report (default: DIR/report)", {.value = "DIR"});
  }
};

}  // namespace

void add_report(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "write the report of a reproduction: HTML, Markdown, LaTeX, CSV, JSON",
                         .examples = {"flnas report out", "flnas report out --out paper/report"},
                         .next = "flnas verify DIR recomputes every figure in it",
                         .group = kFigures};
  add_command<ReportRequest>(app, context, help, [](const ReportRequest& request) {
    const auto out = request.out.empty() ? request.folder / "report" : request.out;
    for (const auto& problem : reports::write_report(request.folder, out)) fmt::print(stderr, "note: {}\n", problem);
    fmt::print("{}\n", (out / "report.html").string());
  });
}

}  // namespace flnas::cli
