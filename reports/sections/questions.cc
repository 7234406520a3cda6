// A study's questions with their answers, a sentence each, and the figures behind them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>

#include "harness/base/plural.h"
#include "reports/data/conditions.h"
#include "reports/data/measures.h"
#include "reports/data/people.h"
#include "reports/data/questions.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr std::string_view kFirst[] = {kMoreAccurate, kFairer, kSmallerFairer, kChoice, kMitigation};

std::string sentence(const Answered& answer) {
  return fmt::format("{} {}: {}.", strong(answer.question), answer.verdict, answer.detail);
}

/// "../search-by-hand" of "../search-by-hand/seed-1": the folder beside the study.
std::string folder_beside(const RecordBeside& record) {
  const std::filesystem::path folder(record.folder);
  std::filesystem::path found;
  for (const auto& part : folder) {
    found /= part;
    if (part != "..") break;
  }
  return found.string();
}

/// What all answers rest on.
std::string rests_on(const ReportInputs& inputs) {
  const QuestionsRecord& record = inputs.questions->record;
  const People people = people_of(inputs);
  std::string text = "Of " + counted(record.images, "image");
  if (people.unit != people.example) text += " of " + counted(record.lesions, people.unit);
  if (record.folds > 0) text += fmt::format(" in {}", counted(record.folds, "fold"));
  text += fmt::format(", {} of each network", counted(record.seeds, "training"));
  if (record.seeds < 2) text += ", so that the luck of a seed is in no interval but those over folds";
  text += ". Intervals are of 95 %; each p is corrected over all tests of its question (Holm).";
  if (record.beside.empty()) return text;
  std::map<std::string, long long> folders;  // with how many records of each
  for (const RecordBeside& each : record.beside) ++folders[folder_beside(each)];
  std::vector<std::string> parts;
  for (const auto& [folder, count] : folders) {
    parts.push_back(code(folder) + (count == 1 ? "" : fmt::format(" ({} records)", count)));
  }
  text += fmt::format(" Beside the study's own records those of {}", fmt::join(parts, ", "));
  return text + ".";
}

/// Rows of which longer training may change the figures.
std::string not_converged(const ReportInputs& inputs) {
  const auto ends = training_ends(inputs);
  if (ends.cut.empty()) return {};
  return fmt::format(" Not converged, so that longer training may change the answers: {}.", fmt::join(ends.cut, ", "));
}

Cell words_of(const std::string& text) { return text.empty() ? Cell{} : words(text); }

/// `example`: what an image is called (example_word).
Row evidence_row(const ReportInputs& inputs, const QuestionAnswer& answer, std::size_t question, std::size_t index,
                 const std::string& example) {
  const Evidence& evidence = answer.evidence[index];
  const auto place = inputs.questions->at(&QuestionsRecord::answers)[question].at(&QuestionAnswer::evidence)[index];
  Row row{.key = fmt::format("{}_{}", answer.question, index),
          .label = subject_title(inputs, evidence.subject),
          .group = question_text(answer.question)};
  row.cells.push_back(words_of(evidence.against.empty() ? "" : subject_title(inputs, evidence.against)));
  row.cells.push_back(words(figure_named(evidence.metric).title));
  const bool is_sample = answer.question == kSampleSize;
  row.cells.push_back(is_sample ? Cell{} : measured(place));
  const bool is_planned = is_sample && evidence.value;
  row.cells.push_back(is_planned  ? measured(place.at(&Evidence::value))
                      : is_sample ? words("more than 1,000 times n")
                                  : Cell{});
  row.cells.push_back(evidence.p ? measured(place.at(&Evidence::p)) : Cell{});
  row.cells.push_back(measured(place.at(&Evidence::n)));
  row.cells.push_back(words(evidence.of == Adapter{}.example ? example : evidence.of));
  return row;
}

Table evidence_table(const ReportInputs& inputs) {
  Table table{.id = "question_evidence",
              .title = "What the answers rest on",
              .caption =
                  "Contrasts are how far a network is ahead, or fairer, in the metric's own unit: positive is "
                  "better. " +
                  rests_on(inputs),
              .row_title = "Figure of",
              .beside = true};
  table.columns = {
      {.key = "against", .title = "Against", .words = true},
      {.key = "metric", .title = "Metric", .words = true},
      {.key = "value", .title = "Value", .note = "95 % interval", .format = {.digits = 4}, .interval = true},
      {.key = "images", .title = "Images needed", .format = {.digits = 0, .thousands = true}},
      {.key = "p", .title = "p", .note = "Holm-corrected", .format = {.digits = 3, .probability = true}},
      {.key = "n", .title = "n", .format = {.digits = 0, .thousands = true}},
      {.key = "of", .title = "of", .words = true}};
  const auto& answers = inputs.questions->record.answers;
  const std::string example = example_word(inputs);
  for (std::size_t question = 0; question < answers.size(); ++question) {
    if (question_text(answers[question].question).empty()) continue;
    for (std::size_t i = 0; i < answers[question].evidence.size(); ++i) {
      table.rows.push_back(evidence_row(inputs, answers[question], question, i, example));
    }
  }
  return table;
}

}  // namespace

/// Five of them in a line each, for the first screen.
void add_question_lines(const ReportInputs& inputs, Section& section) {
  List list;
  for (const Answered& answer : answered_questions(inputs)) {
    if (std::find(std::begin(kFirst), std::end(kFirst), answer.key) == std::end(kFirst)) continue;
    list.items.push_back(fmt::format("{} {}.", answer.question, strong(answer.verdict)));
  }
  if (list.items.empty()) return;
  section.blocks.emplace_back(Paragraph{"What that answers; the figures are under " + reference("questions") + "."});
  section.blocks.emplace_back(std::move(list));
}

void add_questions(const ReportInputs& inputs, Section& section) {
  const auto answers = answered_questions(inputs);
  if (answers.empty()) return;
  List list;
  for (const Answered& answer : answers) list.items.push_back(sentence(answer));
  section.blocks.emplace_back(Paragraph{rests_on(inputs) + not_converged(inputs) + " Every figure stands in " +
                                        reference("question_evidence") + "."});
  section.blocks.emplace_back(std::move(list));
  if (auto figure = size_unfairness_figure(inputs)) section.blocks.emplace_back(std::move(*figure));
  if (auto figure = domains_figure(inputs)) section.blocks.emplace_back(std::move(*figure));
}

void add_question_evidence(const ReportInputs& inputs, Section& section) {
  if (!inputs.questions) return;
  if (Table table = evidence_table(inputs); !table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
