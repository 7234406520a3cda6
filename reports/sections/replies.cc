// What language models answered in searches on images: by model, and by whether replies were kept to a JSON schema.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "harness/metrics/intervals/rate_interval.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/search_tables.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kCount{.digits = 0, .thousands = true};
constexpr NumberFormat kMean{.digits = 1, .thousands = true};
constexpr NumberFormat kPercent{.digits = 1, .scale = 100};

/// Searches that one model answered in one form.
struct Answered {
  std::string model, form;
  std::vector<const Search*> searches;
};

std::string form_of(const SearchRecord& record) {
  const std::string format = record.settings.format.value_or("");
  if (format == "json") return "JSON schema, where the server took it";
  if (format == "text") return "free text";
  return record.settings.llm == "file" ? "free text, by hand" : "as recorded";
}

std::vector<Answered> answered_searches(const ReportInputs& inputs) {
  std::vector<Answered> found;
  for (const Search& search : inputs.searches) {
    const SearchRecord& record = search.record;
    if (record.models.empty() || answered_by_script(search)) continue;
    const std::string model = fmt::format("{}", fmt::join(record.models, ", ")), form = form_of(record);
    const auto same = [&](const Answered& other) { return other.model == model && other.form == form; };
    auto at = std::find_if(found.begin(), found.end(), same);
    if (at == found.end()) at = found.insert(at, Answered{.model = model, .form = form, .searches = {}});
    at->searches.push_back(&search);
  }
  return found;
}

using Count = std::function<std::optional<double>(const SearchRecord&)>;

/// Of all searches; none where one does not tell.
std::optional<double> sum(const Answered& answered, const Count& count) {
  double all = 0;
  for (const Search* search : answered.searches) {
    const auto one = count(search->record);
    if (!one) return std::nullopt;
    all += *one;
  }
  return all;
}

std::optional<double> rounds(const SearchRecord& record) {
  return record.counts ? std::optional<double>(record.counts->rounds) : std::nullopt;
}

std::optional<double> valid_first(const SearchRecord& record) {
  if (!record.counts || !record.counts->valid_first) return std::nullopt;
  return *record.counts->valid_first;
}

std::optional<double> evaluated(const SearchRecord& record) {
  return record.counts ? std::optional<double>(record.counts->evaluated) : std::nullopt;
}

/// Replies whose tokens nobody counted took some all the same.
std::optional<double> counted_tokens(const SearchRecord& record, std::int64_t SearchTokens::*kind) {
  const std::int64_t count = record.tokens ? (*record.tokens).*kind : 0;
  return count == 0 ? std::nullopt : std::optional(static_cast<double>(count));
}

class Cells {
 public:
  explicit Cells(const Answered& answered) : answered_(answered) {}

  template <class T, class Of>
  Cell of(std::optional<double> value, T Of::*member) const {
    if (!value) return words("not recorded");
    Cell cell;
    cell.value = value;
    for (const Search* search : answered_.searches) cell.inputs.push_back(search->at(member).provenance());
    return cell;
  }

  /// Per evaluated design.
  template <class T, class Of>
  Cell per_design(const Count& count, T Of::*member) const {
    const auto all = sum(answered_, count), designs = sum(answered_, evaluated);
    return of(all && designs && *designs > 0 ? std::optional(*all / *designs) : std::nullopt, member);
  }

  /// With its interval, each round counting by itself.
  Cell first_replies() const {
    const auto asked = sum(answered_, rounds), valid = sum(answered_, valid_first);
    if (!asked || !valid || *asked == 0) return words("not recorded");
    std::vector<int> row(static_cast<std::size_t>(*asked));
    std::iota(row.begin(), row.end(), 0);
    std::vector<std::uint8_t> hits(row.size(), 0);
    std::fill_n(hits.begin(), static_cast<std::size_t>(*valid), 1);
    const metrics::Estimate share = metrics::rate_interval(row, hits);
    Cell cell = of(share.value, &SearchRecord::counts);
    cell.low = share.low, cell.high = share.high;
    return cell;
  }

 private:
  const Answered& answered_;
};

Row row_of(const Answered& answered) {
  const Cells cells(answered);
  Row row{.key = answered.model + ", " + answered.form, .label = answered.model};
  row.cells = {
      words(answered.form),
      cells.of(static_cast<double>(answered.searches.size()), &SearchRecord::counts),
      cells.of(sum(answered, rounds), &SearchRecord::counts),
      cells.first_replies(),
      cells.per_design([](const SearchRecord& r) { return counted_tokens(r, &SearchTokens::prompt); },
                       &SearchRecord::tokens),
      cells.per_design([](const SearchRecord& r) { return counted_tokens(r, &SearchTokens::completion); },
                       &SearchRecord::tokens),
      cells.per_design([](const SearchRecord& r) { return r.waiting_seconds; }, &SearchRecord::waiting_seconds)};
  return row;
}

}  // namespace

void add_replies(const ReportInputs& inputs, Section& section) {
  const auto all = answered_searches(inputs);
  if (all.empty()) return;
  Table table{.id = "replies",
              .title = "What language models answered",
              .caption =
                  "All searches on images that a language model answered. A round asks for one design, again "
                  "after a refusal; valid at once: its first reply held a new design that breaks no rule, with "
                  "Agresti and Coull's 95 % interval over rounds. Tokens and waiting are of all replies, refused ones "
                  "too, for each design that was evaluated.",
              .row_title = "Model"};
  table.columns = {{.key = "form", .title = "Replies", .words = true},
                   {.key = "searches", .title = "Searches", .format = kCount},
                   {.key = "rounds", .title = "Rounds", .format = kCount},
                   {.key = "valid_first", .title = "Valid at once", .note = "%", .format = kPercent, .interval = true},
                   {.key = "prompt_tokens", .title = "Tokens", .note = "prompts, a design", .format = kMean},
                   {.key = "completion_tokens", .title = "Tokens", .note = "replies, a design", .format = kMean},
                   {.key = "waiting", .title = "Waiting", .note = "s, a design", .format = kMean}};
  for (const Answered& one : all) table.rows.push_back(row_of(one));
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
