#include "reports/data/questions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "reports/data/measures.h"
#include "reports/data/own_study.h"
#include "reports/document/cell_text.h"

namespace flnas::reports {
namespace {

constexpr const char* kNotShown = "Not shown";

/// "1.2 points [0.1, 2.3]"
std::string figure_text(const Evidence& evidence) {
  const auto [title, format, unit] = figure_named(evidence.metric);
  if (!evidence.value) return "undefined";
  std::string text = format_number(*evidence.value, format) + unit;
  if (evidence.low && evidence.high) {
    text += fmt::format(" [{}, {}]", format_number(*evidence.low, format), format_number(*evidence.high, format));
  }
  return text;
}

std::string p_text(const Evidence& evidence) {
  if (!evidence.p) return "p not known";
  const std::string text = format_number(*evidence.p, {.digits = 3, .probability = true});
  return text.front() == '<' ? "p < " + text.substr(1) : "p = " + text;
}

bool settled(const Evidence& evidence) { return evidence.p && *evidence.p < kLevel; }

/// In the order in which they first come.
std::vector<std::string> metrics_of(const QuestionAnswer& answer) {
  std::vector<std::string> found;
  for (const Evidence& each : answer.evidence) {
    if (std::find(found.begin(), found.end(), each.metric) == found.end()) found.push_back(each.metric);
  }
  return found;
}

/// The one that is furthest ahead by the metric.
const Evidence& best_by(const QuestionAnswer& answer, const std::string& metric) {
  const Evidence* best = nullptr;
  for (const Evidence& each : answer.evidence) {
    if (each.metric == metric && (best == nullptr || each.value > best->value)) best = &each;
  }
  return *best;
}

std::string n_text(const Evidence& evidence) { return "n = " + counted(evidence.n, evidence.of); }

/// Of models against the best of others; positive is better. The last metric of mitigations is what they cost.
void contrast(const ReportInputs& inputs, const QuestionAnswer& answer, Answered& found) {
  std::vector<std::string> parts, ahead;
  std::size_t asked = 0;
  for (const std::string& metric : metrics_of(answer)) {
    const Evidence& best = best_by(answer, metric);
    const bool fairness = metric == "unfairness_sum" || metric == "eodd";
    if (answer.question != kMitigation || fairness) {
      ++asked;
      if (settled(best) && *best.value > 0) ahead.push_back(figure_named(metric).title);
    }
    parts.push_back(fmt::format("by {}, {} is {} {} by {} ({})", figure_named(metric).title,
                                subject_title(inputs, best.subject), fairness ? "fairer than" : "ahead of",
                                subject_title(inputs, best.against), figure_text(best), p_text(best)));
  }
  found.verdict = ahead.empty()           ? kNotShown
                  : ahead.size() == asked ? "Yes"
                                          : fmt::format("By {} alone", fmt::join(ahead, " and "));
  found.detail =
      fmt::format("the nearest {}, {}; Holm over {}; {}",
                  answer.question == kMitigation ? "mitigation" : "searched network", fmt::join(parts, "; "),
                  counted(static_cast<long long>(answer.evidence.size()), "test"), n_text(answer.evidence.front()));
}

void size(const ReportInputs&, const QuestionAnswer& answer, Answered& found) {
  const Evidence& first = answer.evidence.front();
  found.verdict = !settled(first) ? kNotShown : *first.value > 0 ? "Yes" : "No";
  std::vector<std::string> parts;
  for (const Evidence& each : answer.evidence) {
    parts.push_back(
        fmt::format("{} changes by {} ({})", figure_named(each.metric).title, figure_text(each), p_text(each)));
  }
  found.detail = fmt::format("with ten times as many parameters {}; {}", fmt::join(parts, ", "), n_text(first));
}

/// The slope in each domain, and their mean.
void domains(const ReportInputs&, const QuestionAnswer& answer, Answered& found) {
  std::vector<std::string> parts;
  const Evidence* mean = nullptr;
  for (const Evidence& each : answer.evidence) {
    if (each.of == "domain") mean = &each;
    if (each.of == "network" && each.p) {
      parts.push_back(fmt::format("on {} by {} ({}, {})", each.against, figure_text(each), p_text(each), n_text(each)));
    }
  }
  found.verdict = kNotShown;
  if (mean != nullptr && mean->low && *mean->low > 0) found.verdict = "Yes";
  if (mean != nullptr && mean->high && *mean->high < 0) found.verdict = "No";
  found.detail = fmt::format("with ten times as many parameters Unfairness changes {}", fmt::join(parts, ", "));
  if (mean != nullptr) {
    found.detail += fmt::format("; in the mean over {} by {}", counted(mean->n, "domain"), figure_text(*mean));
  }
}

/// By the first metric: of each source alone, and of the architecture against each.
void choice(const ReportInputs&, const QuestionAnswer& answer, Answered& found) {
  std::vector<std::string> parts, more, less;
  const std::string metric = answer.evidence.front().metric;
  for (const Evidence& each : answer.evidence) {
    if (each.metric != metric) continue;
    if (each.against.empty()) {
      parts.push_back(fmt::format("{} by {}", figure_text(each), each.subject));
    } else if (each.low && *each.low > 0) {
      more.push_back(each.against);
    } else if (each.high && *each.high < 0) {
      less.push_back(each.against);
    }
  }
  found.verdict = more.empty() && less.empty() ? kNotShown : "";
  if (!more.empty()) found.verdict += fmt::format("More than {}", fmt::join(more, " and "));
  if (!less.empty()) {
    found.verdict += fmt::format("{} than {}", more.empty() ? "Less" : ", less", fmt::join(less, " and "));
  }
  found.detail = fmt::format("the standard deviation of {} is {}; {}", figure_named(metric).title,
                             fmt::join(parts, ", "), n_text(answer.evidence.front()));
}

void sample(const ReportInputs& inputs, const QuestionAnswer& answer, Answered& found) {
  std::vector<std::string> parts;
  for (const Evidence& each : answer.evidence) {
    const std::string pair = fmt::format("{} against {} by {}", subject_title(inputs, each.subject),
                                         subject_title(inputs, each.against), figure_named(each.metric).title);
    parts.push_back(
        !each.value ? fmt::format("{}: no sample up to a thousand times as large", pair)
        : *each.value <= static_cast<double>(each.n)
            ? fmt::format("{}: not more {}s, but more trainings", pair, each.of)
            : fmt::format("{} would take about {} {}s", pair, with_thousands(std::llround(*each.value)), each.of));
  }
  found.verdict = parts.empty() ? "None is needed" : "Larger ones";
  found.detail = parts.empty() ? "every contrast is settled"
                               : fmt::format(
                                     "with a power of 80 %, if the differences are as large as they are here, "
                                     "{}; now {}",
                                     fmt::join(parts, "; "), n_text(answer.evidence.front()));
}

/// After three epochs, or as many as there are figures of.
void short_training(const ReportInputs&, const QuestionAnswer& answer, Answered& found) {
  const Evidence* chosen = &answer.evidence.front();
  std::vector<std::string> parts;
  for (const Evidence& each : answer.evidence) {
    if (each.subject == "epoch 3") chosen = &each;
    parts.push_back(fmt::format("{} {}", each.subject, figure_text(each)));
  }
  found.verdict = fmt::format("Rank correlation {}", figure_text(*chosen));
  found.detail = fmt::format(
      "Spearman's of the networks' validation AUROC at {} with that at {} of the same schedule; "
      "{}; {}",
      chosen->subject, chosen->against, fmt::join(parts, ", "), n_text(*chosen));
}

void inferred(const ReportInputs&, const QuestionAnswer& answer, Answered& found) {
  std::vector<std::string> parts;
  for (const Evidence& each : answer.evidence) {
    parts.push_back(fmt::format("{} {}", figure_named(each.metric).title, figure_text(each)));
  }
  found.verdict = fmt::format("Beside protocol {}", answer.evidence.front().against);
  found.detail = fmt::format("it adds to {}; {}", fmt::join(parts, ", to "), n_text(answer.evidence.front()));
}

/// The comparisons that show a difference in full, the others by name: there may be dozens.
void language_model(const ReportInputs& inputs, const QuestionAnswer& answer, Answered& found) {
  std::vector<std::string> parts, open, alone;
  std::size_t better = 0;
  for (const Evidence& each : answer.evidence) {
    const std::string subject = subject_title(inputs, each.subject);
    const std::string what = figure_named(each.metric).title;
    if (!each.p) {
      alone.push_back(fmt::format("{} ({} by {})", subject, what, figure_text(each)));
    } else if (!settled(each)) {
      open.push_back(fmt::format("{} by {} ({}, {})", subject, what, p_text(each), n_text(each)));
    } else {
      better += each.metric == "unfairness_sum" ? *each.value < 0 : *each.value > 0;
      parts.push_back(fmt::format("{} less {} in {}: {} ({}, {})", subject, subject_title(inputs, each.against), what,
                                  figure_text(each), p_text(each), n_text(each)));
    }
  }
  found.verdict = better == 0 ? kNotShown : better == answer.evidence.size() ? "Yes" : "In part";
  if (!open.empty()) parts.push_back("not shown of " + fmt::format("{}", fmt::join(open, ", ")));
  if (!alone.empty())
    parts.push_back("one search each, without an interval: " + fmt::format("{}", fmt::join(alone, ", ")));
  found.detail = fmt::format("{}", fmt::join(parts, "; "));
}

struct Question {
  const char* key;
  const char* text;
  void (*answer)(const ReportInputs& inputs, const QuestionAnswer& answer, Answered& found);
};
constexpr Question kQuestions[] = {
    {kMoreAccurate, "Is any searched network more accurate than the best baseline?", contrast},
    {kFairer, "Is any searched network fairer than the best baseline?", contrast},
    {kSmallerFairer, "Is smaller fairer?", size},
    {kDomains, "Is smaller fairer in every domain?", domains},
    {kChoice, "Does the choice of the architecture change fairness more than seed or fold?", choice},
    {kMitigation, "Does mitigation beat search?", contrast},
    {kSampleSize, "What sample would settle what is open?", sample},
    {kShortTraining, "How do short trainings rank against the whole schedule?", short_training},
    {kInferred, "What does protocol inferred add to the figures?", inferred},
    {kLanguageModel, "Does a language model beat random-sensible at equal evaluations?", language_model},
};

const Question* question_named(const std::string& key) {
  const auto found = std::find_if(std::begin(kQuestions), std::end(kQuestions),
                                  [&](const Question& question) { return question.key == key; });
  return found == std::end(kQuestions) ? nullptr : found;
}

}  // namespace

MeasuredFigure figure_named(const std::string& metric) {
  constexpr NumberFormat kPoints{.digits = 1, .scale = 100}, kShare{.digits = 3};
  static const std::map<std::string, MeasuredFigure> kFigures{
      {"accuracy", {"accuracy", kPoints, " points"}},
      {"balanced_accuracy", {"balanced accuracy", kPoints, " points"}},
      {"auroc", {"AUROC", kShare, ""}},
      {"unfairness_sum", {"Unfairness", kShare, ""}},
      {"eodd", {"EODD", kShare, ""}},
      {"validation_auroc", {"validation AUROC", kShare, ""}},
      {"hypervolume_share", {"share of the front's hypervolume", kShare, ""}}};
  const auto found = kFigures.find(metric);
  return found == kFigures.end() ? MeasuredFigure{metric, kShare, ""} : found->second;
}

std::string question_text(const std::string& key) {
  const Question* question = question_named(key);
  return question == nullptr ? "" : question->text;
}

std::string subject_title(const ReportInputs& inputs, const std::string& subject) {
  for (const Model& model : inputs.models()) {
    if (model.name == subject) return display_title(inputs, model);
  }
  return subject;
}

std::vector<Answered> answered_questions(const ReportInputs& inputs) {
  std::vector<Answered> all;
  if (!inputs.questions) return all;
  for (const QuestionAnswer& answer : inputs.questions->record.answers) {
    const Question* question = question_named(answer.question);
    if (question == nullptr) continue;
    Answered found{answer.question, question->text, "Not measured", "needs " + answer.needs, false};
    const bool settled_all = answer.question == kSampleSize && answer.needs.empty();
    if (!answer.evidence.empty() || settled_all) {
      found.measured = true;
      question->answer(inputs, answer, found);
    }
    if (found.measured || beside_paper(inputs)) all.push_back(std::move(found));
  }
  return all;
}

}  // namespace flnas::reports
