// What language models answered: by model, and by whether replies were kept to a JSON schema.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "harness/metrics/intervals/rate_interval.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/search_tables.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kCount{.digits = 0, .thousands = true};
constexpr NumberFormat kMean{.digits = 1, .thousands = true};
constexpr NumberFormat kPercent{.digits = 1, .scale = 100};

/// A sum over searches, and where its parts stand.
class Sum {
 public:
  /// None: it is not told, and the sum is not known.
  void add(std::optional<double> part, Provenance place) {
    known_ = known_ && part;
    if (known_) sum_ += *part;
    places_.push_back(std::move(place));
  }
  std::optional<double> value() const { return known_ ? std::optional(sum_) : std::nullopt; }
  /// Divided by another one, of the same searches.
  Cell per(const Sum& other) const {
    const auto parts = other.value();
    return cell(known_ && parts && *parts > 0 ? std::optional(sum_ / *parts) : std::nullopt);
  }
  Cell cell() const { return cell(value()); }
  Cell cell(std::optional<double> value) const {
    if (!value) return words("not recorded");
    Cell cell;
    cell.value = value;
    cell.inputs = places_;
    return cell;
  }

 private:
  bool known_ = true;
  double sum_ = 0;
  std::vector<Provenance> places_;
};

/// What one model answered in one form.
struct Answered {
  std::string model, form;
  Sum searches, asked, valid_first, evaluated, prompt_tokens, completion_tokens, waiting;
};

class AllAnswered {
 public:
  Answered& of(const std::vector<std::string>& models, const std::string& form) {
    const std::string model = fmt::format("{}", fmt::join(models, ", "));
    const auto same = [&](const Answered& other) { return other.model == model && other.form == form; };
    const auto at = std::find_if(found_.begin(), found_.end(), same);
    return at != found_.end() ? *at : found_.emplace_back(Answered{.model = model, .form = form});
  }
  const std::vector<Answered>& rows() const { return found_; }

 private:
  std::vector<Answered> found_;
};

std::string form_of(const std::string& format, bool by_hand) {
  if (by_hand) return "free text, by hand";
  if (format == "json") return "JSON schema, where the server took it";
  return format == "text" ? "free text" : "as recorded";
}

std::optional<double> number(const auto& value) {
  return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

/// Replies whose tokens nobody counted took some all the same.
std::optional<double> counted_tokens(std::int64_t tokens) {
  return tokens == 0 ? std::nullopt : std::optional(static_cast<double>(tokens));
}

void add_images(const ReportInputs& inputs, AllAnswered& all) {
  for (const Search& search : inputs.searches) {
    const SearchRecord& record = search.record;
    if (record.models.empty() || answered_by_script(search)) continue;
    Answered& found =
        all.of(record.models, form_of(record.settings.format.value_or(""), record.settings.llm == "file"));
    const auto counts = search.at(&SearchRecord::counts).provenance();
    const auto tokens = search.at(&SearchRecord::tokens).provenance();
    const SearchCounts none;
    const SearchCounts& told = record.counts ? *record.counts : none;
    const bool has_counts = record.counts.has_value();
    found.searches.add(1, counts);
    found.asked.add(has_counts ? std::optional<double>(told.rounds) : std::nullopt, counts);
    found.valid_first.add(number(told.valid_first), counts);
    found.evaluated.add(has_counts ? std::optional<double>(told.evaluated) : std::nullopt, counts);
    const SearchTokens counted = record.tokens.value_or(SearchTokens{});
    found.prompt_tokens.add(counted_tokens(counted.prompt), tokens);
    found.completion_tokens.add(counted_tokens(counted.completion), tokens);
    found.waiting.add(number(record.waiting_seconds), search.at(&SearchRecord::waiting_seconds).provenance());
  }
}

bool has_source(const NasChatUse& chat, const char* source) {
  return std::find(chat.sources.begin(), chat.sources.end(), source) != chat.sources.end();
}

/// Without the cells that the predictor was trained on: nobody proposed them.
double proposed_cells(const NasSearchRecord& record, const NasSearchResult& search) {
  const auto strategy = std::find_if(record.strategies.begin(), record.strategies.end(),
                                     [&](const NasStrategy& each) { return each.name == search.strategy; });
  const bool predicts = strategy != record.strategies.end() && strategy->accuracy == "predictor";
  return static_cast<double>(search.evaluations - (predicts ? record.predictor_cells : 0));
}

void add_tables(const ReportInputs& inputs, AllAnswered& all) {
  for (const NasSearch& nas : inputs.nas) {
    for (std::size_t i = 0; i < nas.record.pairs.size(); ++i) {
      const auto place = nas.at(&NasSearchRecord::pairs)[i].at(&NasPair::searches).provenance();
      for (const NasSearchResult& search : nas.record.pairs[i].searches) {
        if (!search.chat || search.chat->models.empty() || has_source(*search.chat, "scripted")) continue;
        const NasChatUse& chat = *search.chat;
        Answered& found = all.of(chat.models, form_of(chat.format.value_or(""), has_source(chat, "file")));
        found.searches.add(1, place);
        found.asked.add(number(chat.wanted), place);
        found.valid_first.add(number(chat.valid_first), place);
        found.evaluated.add(proposed_cells(nas.record, search), place);
        found.prompt_tokens.add(counted_tokens(chat.prompt_tokens), place);
        found.completion_tokens.add(counted_tokens(chat.completion_tokens), place);
        found.waiting.add(chat.waiting_seconds, place);
      }
    }
  }
}

/// With its interval, each design that was asked for counting by itself.
Cell valid_at_once(const Answered& answered) {
  const auto asked = answered.asked.value(), valid = answered.valid_first.value();
  if (!asked || !valid || *asked == 0) return words("not recorded");
  std::vector<int> row(static_cast<std::size_t>(*asked));
  std::iota(row.begin(), row.end(), 0);
  std::vector<std::uint8_t> hits(row.size(), 0);
  std::fill_n(hits.begin(), static_cast<std::size_t>(*valid), 1);
  const metrics::Estimate share = metrics::rate_interval(row, hits);
  Cell cell = answered.valid_first.cell(share.value);
  cell.low = share.low, cell.high = share.high;
  return cell;
}

Row row_of(const Answered& answered) {
  Row row{.key = answered.model + ", " + answered.form, .label = answered.model};
  row.cells = {words(answered.form),
               answered.searches.cell(),
               answered.asked.cell(),
               valid_at_once(answered),
               answered.prompt_tokens.per(answered.evaluated),
               answered.completion_tokens.per(answered.evaluated),
               answered.waiting.per(answered.evaluated)};
  return row;
}

}  // namespace

void add_replies(const ReportInputs& inputs, Section& section) {
  AllAnswered all;
  add_images(inputs, all);
  add_tables(inputs, all);
  if (all.rows().empty()) return;
  Table table{.id = "replies",
              .title = "What language models answered",
              .caption =
                  "All searches that a language model answered, on images and on tables. Valid at once: of the designs "
                  "that were asked for, those that the first reply held, new and breaking no rule, with Agresti and "
                  "Coull's 95 % interval over designs. Tokens and waiting are of all replies, refused ones too, for "
                  "each design "
                  "that was evaluated.",
              .row_title = "Model"};
  table.columns = {{.key = "form", .title = "Replies", .words = true},
                   {.key = "searches", .title = "Searches", .format = kCount},
                   {.key = "asked", .title = "Designs", .note = "asked for", .format = kCount},
                   {.key = "valid_first", .title = "Valid at once", .note = "%", .format = kPercent, .interval = true},
                   {.key = "prompt_tokens", .title = "Tokens", .note = "prompts, a design", .format = kMean},
                   {.key = "completion_tokens", .title = "Tokens", .note = "replies, a design", .format = kMean},
                   {.key = "waiting", .title = "Waiting", .note = "s, a design", .format = kMean}};
  for (const Answered& one : all.rows()) table.rows.push_back(row_of(one));
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
