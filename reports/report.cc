#include "reports/report.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "reports/document/inline.h"
#include "reports/render/draw.h"
#include "reports/render/render.h"
#include "reports/sections/sections.h"
#include "reports/verify/manifest.h"

namespace flnas::reports {
namespace {

namespace fs = std::filesystem;

constexpr char kPdf[] = "report.pdf";

/// report.pdf by latexmk, in a folder that is removed again; a line that says why there is none.
std::vector<std::string> write_pdf(const Document& document, const fs::path& out, Processes& processes) {
  if (!processes.has("latexmk")) {
    return {
        "report.pdf is left out: latexmk is not installed (`make setup-pdf`, or apt-get install latexmk "
        "texlive-latex-recommended lmodern)"};
  }
  const fs::path folder = out / "pdf.tmp";
  create_folder(folder / "figures");
  write_file(folder / "report.tex", read_file(out / "report.tex"));
  Document printed = printed_document(document);
  draw_pdf_figures(printed, processes, folder / "figures");
  const auto result = processes.run({"latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "report.tex"},
                                    folder, "", std::chrono::seconds(180));
  std::vector<std::string> problems;
  if (result.exit_code == 0 && fs::exists(folder / kPdf)) {
    move_into_place(folder / kPdf, out / kPdf);
  } else {
    problems.push_back(fmt::format("report.pdf is left out: latexmk ended with {}; run it on report.tex to see why",
                                   result.exit_code));
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return problems;
}

}  // namespace

std::vector<std::string> write_report(const fs::path& dir, const fs::path& out, Processes& processes) {
  Document document = build_document(load_report_inputs(dir));
  auto problems = draw_figures(document, processes);
  create_folder(out / "figures");
  // what an earlier report had and this one may not; without its list of files a report is not finished
  remove_path(out / kManifest);
  remove_path(out / kPdf);
  for (const Figure* figure : figures(document)) remove_path(out / "figures" / (figure->id + ".svg"));
  Manifest manifest{renderer_id(), {}};
  for (const auto& [name, content] : rendered_files(document)) {
    write_file(out / name, content);
    manifest.files[name] = sha256(content);
  }
  for (auto& problem : write_pdf(document, out, processes)) problems.push_back(std::move(problem));
  if (fs::exists(out / kPdf)) manifest.files[kPdf] = sha256_file(out / kPdf);
  write_manifest(out, manifest);
  return problems;
}

}  // namespace flnas::reports
