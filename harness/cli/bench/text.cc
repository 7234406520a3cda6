#include "harness/cli/bench/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <set>

#include "harness/base/csv.h"
#include "harness/base/format_us.h"
#include "harness/base/text.h"
#include "harness/base/text_table.h"

namespace flnas::cli {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kMostReasons = 8;

/// A column of a table, with its cells from the first row on.
struct Column {
  std::string header;
  char alignment = 'r';
  std::string shared;  ///< "batch {}": said above the table where all rows have the same; blank: it stays a column
  std::vector<std::string> cells;

  bool is_shared() const {
    return !shared.empty() && cells.size() > 1 &&
           std::ranges::all_of(cells, [&](auto& one) { return one == cells[0]; });
  }
  bool is_blank() const {
    return std::ranges::all_of(cells, [](auto& one) { return one.empty(); });
  }
};

std::size_t widest_line(const std::string& text) {
  std::size_t width = 0;
  for (const auto& line : split(text, '\n')) width = std::max(width, line.size());
  return width;
}

std::string table_of(const std::vector<Column>& columns, const TableForm& form) {
  std::vector<TextRow> rows(columns.front().cells.size() + 1);
  std::string alignment;
  for (const Column& column : columns) {
    if (column.is_shared() || column.is_blank()) continue;
    alignment += column.alignment;
    rows[0].push_back(column.header);
    for (std::size_t i = 0; i < column.cells.size(); ++i) rows[i + 1].push_back(column.cells[i]);
  }
  return form.markdown ? show_table(rows, alignment, form) : text_table(rows, alignment);
}

/// The table, its first column cut where it would not fit; above it `title` and what all rows share.
std::string fitted_table(std::string title, std::vector<Column> columns, const TableForm& form) {
  std::vector<std::string> shared;
  for (const Column& column : columns) {
    if (column.is_shared()) shared.push_back(fmt::format(fmt::runtime(column.shared), column.cells[0]));
  }
  if (!shared.empty()) title += fmt::format(": {}", fmt::join(shared, ", "));
  std::string table = table_of(columns, form);
  if (const std::size_t width = widest_line(table); !form.is_whole() && width > kWidth) {
    std::size_t longest = 0;
    for (const auto& cell : columns[0].cells) longest = std::max(longest, cell.size());
    constexpr std::size_t kLeast = 8;
    const std::size_t room = std::max(kLeast, longest - std::min(longest, width - kWidth));
    for (auto& cell : columns[0].cells) {
      if (cell.size() > room) cell = cell.substr(0, room - 2) + "..";
    }
    table = table_of(columns, form);
  }
  return wrap(title, 0, 2) + "\n" + table;
}

/// A time and its interval in the unit that fits the time: "12.7 ms", "[12.5, 12.9]".
std::pair<std::string, std::string> time_text(double us, double low_us, double high_us) {
  const std::string text = format_us(us);
  const std::string unit = text.substr(text.find(' ') + 1);
  const double factor = unit == "us" ? 1 : unit == "ms" ? 1e-3 : 1e-6;
  const auto dot = text.find('.');
  const auto digits = dot == text.npos ? 0 : text.find(' ') - dot - 1;
  const auto in_unit = [&](double value) { return fmt::format("{:.{}f}", value * factor, digits); };
  return {text, fmt::format("[{}, {}]", in_unit(low_us), in_unit(high_us))};
}

std::string verdict_of(const LatencyResult& result) {
  return result.status == kPassed ? "valid" : result.status == kUnreliable ? "unreliable" : result.status;
}

/// The same in a table.
std::string sign_of(const LatencyResult& result) {
  return result.status == kPassed ? "" : result.status == kUnreliable ? "?" : result.status;
}

/// "search3 b2 t1 eager" of "search3/batch:2/threads:1/form:eager".
std::string short_name(std::string name) {
  for (const auto& [from, to] : {std::pair("/batch:", " b"), std::pair("/threads:", " t"), std::pair("/form:", " ")}) {
    for (auto at = name.find(from); at != name.npos; at = name.find(from)) name.replace(at, std::strlen(from), to);
  }
  return name;
}

std::string mark_of(const LatencySuite& suite, const LatencyResult& result) {
  if (result.mark != "measured") return result.mark;
  return suite.device != suite.platform ? suite.device : "measured";
}

std::string bytes_text(const std::optional<std::int64_t>& bytes) {
  return bytes ? format_bytes(static_cast<double>(*bytes)) : "-";
}

std::string energy_text(const LatencyResult& result) {
  return result.joules_per_call ? fmt::format("{:.3g} J", *result.joules_per_call / result.batch) : "-";
}

std::vector<Column> result_columns(const LatencySuite& suite, bool wide) {
  std::vector<Column> columns = {
      {"model", 'l', ""}, {"mode", 'l', "{}"},        {"batch", 'r', "batch {}"}, {"threads", 'r', "threads {}"},
      {"p50", 'r', ""},   {"95 % interval", 'r', ""}, {"images/s", 'r', ""},      {"", 'l', ""}};
  if (wide) {
    columns.insert(columns.end() - 1, {{"p90", 'r', ""},
                                       {"peak memory", 'r', ""},
                                       {"training step", 'r', ""},
                                       {"energy/image", 'r', ""},
                                       {"mark", 'l', ""}});
  }
  for (const LatencyResult& result : suite.results) {
    std::vector<std::string> cells = {result.model, result.form, std::to_string(result.batch),
                                      std::to_string(result.threads)};
    if (result.latency) {
      const auto [time, interval] =
          time_text(result.latency->p50_us, result.latency->p50_low_us, result.latency->p50_high_us);
      cells.insert(cells.end(), {time, interval, fmt::format("{:.1f}", result.images_per_second.value_or(0))});
    } else {
      cells.insert(cells.end(), {"-", "-", "-"});
    }
    if (wide) {
      cells.insert(cells.end(),
                   {result.latency ? format_us(result.latency->p90_us) : "-", bytes_text(result.inference_peak_bytes),
                    bytes_text(result.training_step_peak_bytes), energy_text(result), mark_of(suite, result)});
    }
    cells.push_back(sign_of(result));
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].cells.push_back(cells[i]);
  }
  return columns;
}

std::string title_of(const LatencySuite& suite) {
  std::set<std::string> marks;
  for (const LatencyResult& result : suite.results) marks.insert(result.mark);
  std::string title = fmt::format("Latency of a call on {}, {}", suite.device, fmt::join(marks, " and "));
  if (suite.device != suite.platform) title += fmt::format(" (not on {}, which is not here)", suite.platform);
  return title;
}

std::string reasons_text(const LatencySuite& suite) {
  std::vector<std::string> lines;
  for (const LatencyResult& result : suite.results) {
    if (result.status == kPassed) continue;
    const char* sign = result.status == kUnreliable ? "? " : "";
    lines.push_back(
        wrap(fmt::format("{}{}: {}: {}", sign, verdict_of(result), short_name(result.benchmark), result.reason), 0, 2));
  }
  if (lines.empty()) return {};
  const std::size_t left = lines.size() > kMostReasons ? lines.size() - kMostReasons : 0;
  lines.resize(lines.size() - left);
  if (left > 0) lines.push_back(fmt::format("and {} more, each with its reason in the file and in --csv", left));
  return fmt::format("\n{}\n", fmt::join(lines, "\n"));
}

std::string estimates_text(const LatencySuite& suite, const TableForm& form) {
  if (suite.estimates.empty()) return {};
  std::vector<Column> columns = {{"model", 'l', ""},   {"batch", 'r', "batch {}"}, {"threads", 'r', "threads {}"},
                                 {"latency", 'r', ""}, {"95 % between", 'r', ""},  {"GMACs", 'r', ""}};
  for (const auto& estimate : suite.estimates) {
    const auto [time, band] = time_text(estimate.median_us, estimate.low_us, estimate.high_us);
    const std::string cells[] = {estimate.model,
                                 std::to_string(estimate.batch),
                                 std::to_string(estimate.threads),
                                 time,
                                 band,
                                 fmt::format("{:.3f}", static_cast<double>(estimate.macs) / 1e9)};
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].cells.push_back(cells[i]);
  }
  return "\n" + fitted_table(fmt::format("Latency of a call on {}, estimated", suite.platform), columns, form);
}

std::vector<LatencyRatio> trusted(const std::vector<LatencyRatio>& ratios) {
  std::vector<LatencyRatio> found;
  std::copy_if(ratios.begin(), ratios.end(), std::back_inserter(found), [](const auto& one) { return one.trusted; });
  return found;
}

std::string agreement_text(const char* which, const std::vector<LatencyRatio>& ratios) {
  if (ratios.empty()) return fmt::format("{}: none\n", which);
  const MedianAgreement agreement = agreement_of(ratios);
  return wrap(fmt::format("{}: {} of {} within {:.0f} % of each other, the largest difference {:.1f} % ({})", which,
                          agreement.within, ratios.size(), 100 * kAgreement, 100 * agreement.largest,
                          agreement.benchmark),
              0, 2) +
         "\n";
}

std::string number(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : ""; }

}  // namespace

std::string suite_text(const LatencySuite& suite, const TableForm& form) {
  return fitted_table(title_of(suite), result_columns(suite, form.is_whole()), form) + reasons_text(suite) +
         estimates_text(suite, form);
}

std::string suite_csv(const LatencySuite& suite) {
  std::string text = csv_row({"benchmark",
                              "model",
                              "mode",
                              "batch",
                              "threads",
                              "precision",
                              "device",
                              "mark",
                              "verdict",
                              "reason",
                              "p50_us",
                              "p50_low_us",
                              "p50_high_us",
                              "p90_us",
                              "minimum_us",
                              "mean_us",
                              "cv",
                              "samples",
                              "attempts",
                              "images_per_second",
                              "inference_peak_bytes",
                              "training_step_peak_bytes",
                              "joules_per_call"}) +
                     "\n";
  const auto whole = [](const auto& value) { return value ? std::to_string(*value) : std::string(); };
  for (const LatencyResult& result : suite.results) {
    const auto& latency = result.latency;
    const auto figure = [&](double LatencyStatistics::*member) {
      return latency ? fmt::format("{}", (*latency).*member) : std::string();
    };
    text += csv_row({result.benchmark,
                     result.model,
                     result.form,
                     std::to_string(result.batch),
                     std::to_string(result.threads),
                     result.precision,
                     suite.device,
                     result.mark,
                     verdict_of(result),
                     result.reason,
                     figure(&LatencyStatistics::p50_us),
                     figure(&LatencyStatistics::p50_low_us),
                     figure(&LatencyStatistics::p50_high_us),
                     figure(&LatencyStatistics::p90_us),
                     figure(&LatencyStatistics::minimum_us),
                     figure(&LatencyStatistics::mean_us),
                     figure(&LatencyStatistics::cv),
                     latency ? std::to_string(latency->samples) : "",
                     std::to_string(result.attempts),
                     number(result.images_per_second),
                     whole(result.inference_peak_bytes),
                     whole(result.training_step_peak_bytes),
                     number(result.joules_per_call)}) +
            "\n";
  }
  return text;
}

std::string ratios_text(const std::vector<LatencyRatio>& ratios, const TableForm& form) {
  const bool wide = form.is_whole();
  std::vector<Column> columns = {{"benchmark", 'l', ""}, {"first", 'r', ""},         {"second", 'r', ""},
                                 {"ratio", 'r', ""},     {"95 % interval", 'r', ""}, {"p", 'r', ""},
                                 {"", 'l', ""}};
  if (wide) columns.push_back({"logits within", 'r', ""});
  for (const auto& ratio : ratios) {
    const std::string verdict = !ratio.significant ? "same" : ratio.ratio < 1 ? "faster" : "slower";
    std::vector<std::string> cells = {
        wide ? ratio.benchmark : short_name(ratio.benchmark),
        format_us(ratio.first_us),
        format_us(ratio.second_us),
        fmt::format("{:.3f}", ratio.ratio),
        ratio.low && ratio.high ? fmt::format("[{:.3f}, {:.3f}]", *ratio.low, *ratio.high) : "-",
        wide ? fmt::format("{:.2g}", ratio.p_value) : "",
        ratio.trusted ? verdict : verdict + "?"};
    if (wide) cells.push_back(ratio.largest_difference ? fmt::format("{:.1e}", *ratio.largest_difference) : "-");
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].cells.push_back(cells[i]);
  }
  std::string text = fitted_table("Latency, second over first", columns, form);
  const std::vector<LatencyRatio> reliable = trusted(ratios);
  if (reliable.size() < ratios.size()) text += "?: unreliable in one of the files\n";
  return text + agreement_text("medians", ratios) + agreement_text("of those that are reliable in both", reliable);
}

}  // namespace flnas::cli
