#include "reports/figures/script.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "harness/base/text.h"
#include "reports/document/inline.h"

namespace flnas::reports {

Script::Script(int width, int height) : width_(width), height_(height) {
  line(fmt::format(
      "set terminal svg size {},{} dynamic noenhanced font 'Helvetica,Arial,sans-serif,13' background '#ffffff'", width,
      height));
  line("set encoding utf8");
  line(fmt::format("set border 3 linecolor rgb '{}' linewidth 0.8", kSoft));
  line(fmt::format("set tics nomirror out scale 0.5 textcolor rgb '{}'", kInk));
  line(fmt::format("set grid noxtics ytics linetype 1 linecolor rgb '{}' linewidth 0.8", kGrid));
  line("set key off");
  line("set pointintervalbox 0");
}

void Script::margins(int left, int right, int top, int bottom) {
  const auto share = [](int pixels, int of) { return number(static_cast<double>(pixels) / of); };
  plot_width_ = width_ - left - right;
  plot_height_ = height_ - top - bottom;
  line("set lmargin at screen " + share(left, width_));
  line("set rmargin at screen " + share(width_ - right, width_));
  line("set tmargin at screen " + share(height_ - top, height_));
  line("set bmargin at screen " + share(bottom, height_));
}

void Script::data(const std::string& name, const std::vector<std::vector<double>>& rows) {
  line("$" + name + " << EOD");
  for (const auto& row : rows) {
    std::string text;
    for (const double value : row) text += (text.empty() ? "" : " ") + number(value);
    line(text);
  }
  line("EOD");
}

void Script::axis_title(const std::string& axis, const std::string& text) {
  const std::string offset = axis == "x" ? "0,0.3" : "0.8,0";
  line(fmt::format("set {}label {} offset {} textcolor rgb '{}'", axis, quote(text), offset, kInk));
}

void Script::key() {
  line(fmt::format("set key at screen 0.5,{} center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '{}'",
                   number(1 - 8.0 / height_), kInk));
}

void Script::plot(const std::vector<std::string>& what) {
  line(fmt::format("plot {}", fmt::join(what, ", \\\n     ")));
}

void Script::label(const std::string& text, const std::string& position, const std::string& style) {
  line("set label " + quote(text) + " at " + position + " " + style);
}

std::string Script::quote(std::string_view text) {
  std::string quoted = "'";
  for (const char c : without_controls(text)) {
    if (c == '\'') quoted += c;
    quoted += c;
  }
  return quoted + "'";
}

std::string Script::number(double value) { return std::isfinite(value) ? fmt::format("{:.6g}", value) : "NaN"; }

std::string points(const std::string& name, int type, double size, const char* colour, const std::string& title) {
  return fmt::format("${} using 1:2 with points pointtype {} pointsize {} linecolor rgb '{}' linewidth 1.4 {}", name,
                     type, Script::number(size), colour, title.empty() ? "notitle" : "title " + Script::quote(title));
}

std::string x_intervals(const std::string& name, const char* colour) {
  return fmt::format("${} using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '{}' linewidth 1.1 notitle", name,
                     colour);
}

void model_axis(Script& script, const std::vector<std::string>& titles) {
  std::string ticks;
  const auto rows = static_cast<int>(titles.size());
  for (int i = 0; i < rows; ++i) {
    std::string title;
    for (const char c : titles[static_cast<std::size_t>(i)]) title += c == '%' ? "%%" : std::string(1, c);  // a format
    ticks += fmt::format("{}{} {}", i == 0 ? "" : ", ", Script::quote(title), rows - i);
  }
  script.line("set ytics (" + ticks + ") scale 0");
  script.line(fmt::format("set yrange [0.4:{}.6]", rows));
  script.line(fmt::format("set grid xtics noytics linetype 1 linecolor rgb '{}' linewidth 0.8", kGrid));
  script.line("set border 1");
}

std::string log_ticks(double low, double high) {
  std::string ticks;
  for (double power = std::floor(std::log10(low)); power <= std::ceil(std::log10(high)); ++power) {
    const double value = std::pow(10, power);
    std::string name = value < 1 ? fmt::format("{:g}", value) : with_thousands(std::llround(value));
    if (value >= 1e6) name = with_thousands(std::llround(value / 1e6)) + " million";
    ticks += fmt::format("{}'{}' {:g}", ticks.empty() ? "" : ", ", name, value);
  }
  return ticks;
}

}  // namespace flnas::reports
