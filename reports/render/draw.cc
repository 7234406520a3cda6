#include "reports/render/draw.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <regex>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

constexpr std::chrono::seconds kLimit{60};

/// A folder of its own under the system's temporary one, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "flnas-figures-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw IoError("cannot make a folder in " + name);
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// "" when gnuplot wrote `file`, else what it said.
std::string run_gnuplot(Processes& processes, const std::filesystem::path& folder, const std::string& script,
                        const std::string& file) {
  const auto result = processes.run({"gnuplot", "-"}, folder, script, kLimit);
  if (result.exit_code == 0 && std::filesystem::exists(folder / file)) return {};
  return fmt::format("gnuplot ended with {}: {}", result.exit_code, without_controls(result.output.substr(0, 200)));
}

/// The script with the output file set after its terminal, the first line.
std::string with_output(const std::string& script, const std::string& file) {
  const auto end = script.find('\n') + 1;
  return script.substr(0, end) + "set output '" + file + "'\n" + script.substr(end);
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

std::vector<std::string> draw_figures(Document& document, Processes& processes) {
  std::vector<std::string> problems;
  const auto all = figures(document);
  if (all.empty()) return problems;
  if (!processes.has("gnuplot")) {
    return {"figures are left out: gnuplot is not installed (apt-get install gnuplot-nox)"};
  }
  const ScratchFolder scratch;
  for (Figure* figure : all) {
    const std::string problem =
        run_gnuplot(processes, scratch.path(), with_output(figure->script, "figure.svg"), "figure.svg");
    if (!problem.empty()) {
      problems.push_back(fmt::format("figure {} is left out: {}", figure->id, problem));
      continue;
    }
    figure->svg = clean_svg(read_file(scratch.path() / "figure.svg"), *figure);
    std::filesystem::remove(scratch.path() / "figure.svg");
  }
  return problems;
}

bool draw_pdf_figures(Document& document, Processes& processes, const std::filesystem::path& folder) {
  if (!processes.has("gnuplot")) return false;
  bool all_drawn = true;
  for (const Figure* figure : figures(document)) {
    static const std::regex kTerminal("^set terminal svg size ([0-9]+),([0-9]+)[^\n]*");
    std::smatch match;
    if (!std::regex_search(figure->script, match, kTerminal)) return false;
    const double width = std::stod(match[1]) / 96, height = std::stod(match[2]) / 96;
    const std::string terminal = fmt::format(
        "set terminal pdfcairo size {:.3f}in,{:.3f}in noenhanced font 'Helvetica,Arial,sans-serif,9'", width, height);
    const std::string file = figure->id + ".pdf";
    const std::string script = with_output(match.prefix().str() + terminal + match.suffix().str(), file);
    if (run_gnuplot(processes, folder, script, file).empty()) continue;
    all_drawn = false;
    std::error_code ignored;  // what gnuplot had begun would stop LaTeX, which does without a file that is not there
    std::filesystem::remove(folder / file, ignored);
  }
  return all_drawn;
}

std::string clean_svg(const std::string& svg, const Figure& figure) {
  std::string text = svg;
  if (const auto start = text.find("<svg"); start != text.npos) text.erase(0, start);
  const std::string heading =
      fmt::format("<title>{}</title>\n<desc>{}</desc>", escape_html(figure.title), escape_html(figure.alternative));
  text = std::regex_replace(text, std::regex("<desc>[^<]*</desc>\\s*"), "");
  text = std::regex_replace(text, std::regex("<title>Gnuplot</title>\\s*"), "@heading@\n");
  text = std::regex_replace(text, std::regex("<title>gnuplot_plot[^<]*</title>"), "");
  replace_all(text, "@heading@", heading);
  // ids are unique in a page that holds several figures
  for (const char* where : {"id=\"", "id='", "href='#", "href=\"#", "url(#"})
    replace_all(text, where, where + figure.id + "_");

  std::string colours;
  static const std::regex kRgb("rgb\\( *([0-9]+), *([0-9]+), *([0-9]+)\\)");
  auto at = text.cbegin();
  for (std::sregex_iterator match(text.cbegin(), text.cend(), kRgb), end; match != end; ++match) {
    colours.append(at, (*match)[0].first);
    colours +=
        fmt::format("#{:02x}{:02x}{:02x}", std::stoi((*match)[1]), std::stoi((*match)[2]), std::stoi((*match)[3]));
    at = (*match)[0].second;
  }
  colours.append(at, text.cend());
  // the page's style sheet looks for attributes in double quotes and lower case
  static const std::regex kQuoted("(fill|stroke|color)='([^']*)'");
  colours = std::regex_replace(colours, kQuoted, "$1=\"$2\"");
  replace_all(colours, "#FFFFFF", "#ffffff");
  return colours;
}

}  // namespace flnas::reports
