#include "searches/llm/prompt.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/names.h"
#include "resources/prompt_files.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRuleLength = 240;
constexpr std::size_t kMostRules = 2400;  ///< characters
constexpr std::size_t kMostReply = 1500;  ///< bytes

/// The next {{...}} of a text.
struct Mark {
  std::size_t begin, end;  ///< end is behind the braces
  char kind;               ///< '#' opens, '/' closes, '=' is a value
  std::string name;
};

bool next_mark(const std::string& text, std::size_t from, Mark& mark) {
  mark.begin = text.find("{{", from);
  if (mark.begin == text.npos) return false;
  const std::size_t close = text.find("}}", mark.begin);
  if (close == text.npos) return false;
  mark.end = close + 2;
  mark.name = text.substr(mark.begin + 2, close - mark.begin - 2);
  mark.kind = !mark.name.empty() && (mark.name[0] == '#' || mark.name[0] == '/') ? mark.name[0] : '=';
  if (mark.kind != '=') mark.name.erase(0, 1);
  return true;
}

/// A section's mark that has a line for itself takes the whole line with it.
void widen(const std::string& text, Mark& mark) {
  if (mark.kind == '=') return;
  const bool begins_line = mark.begin == 0 || text[mark.begin - 1] == '\n';
  if (begins_line && mark.end < text.size() && text[mark.end] == '\n') ++mark.end;
}

int line_at(const std::string& text, std::size_t at) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::string filled(const std::string& text, const std::map<std::string, std::string>& values) {
  std::string out;
  const auto value_of = [&](const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  };
  std::vector<bool> shown = {true};
  std::size_t at = 0;
  for (Mark mark; next_mark(text, at, mark); at = mark.end) {
    if (shown.back()) out += text.substr(at, mark.begin - at);
    widen(text, mark);
    if (mark.kind == '#') {
      shown.push_back(shown.back() && !value_of(mark.name).empty());
    } else if (mark.kind == '/') {
      shown.pop_back();
    } else if (shown.back()) {
      out += value_of(mark.name);
    }
  }
  return out + text.substr(at);
}

}  // namespace

const std::vector<std::string>& prompt_names() {
  static const std::vector<std::string> names = {"data",
                                                 "networks",
                                                 "network",
                                                 "inputs",
                                                 "size",
                                                 "images",
                                                 "classes",
                                                 "class_count",
                                                 "class_images",
                                                 "attributes",
                                                 "group_images",
                                                 "groups_seen",
                                                 "recipe",
                                                 "left",
                                                 "template",
                                                 "form",
                                                 "parts",
                                                 "rules",
                                                 "notation",
                                                 "choices",
                                                 "forms",
                                                 "limits",
                                                 "latency_limit",
                                                 "floor",
                                                 "balanced_within",
                                                 "fair_within",
                                                 "fairness",
                                                 "fairness_full",
                                                 "fairness_brief",
                                                 "fairness_none",
                                                 "hardware",
                                                 "best",
                                                 "best_name",
                                                 "metrics",
                                                 "stages",
                                                 "groups",
                                                 "worst_group",
                                                 "unfairness_by_attribute",
                                                 "curve",
                                                 "decision",
                                                 "noise",
                                                 "repeats",
                                                 "objectives",
                                                 "rule_limits",
                                                 "history",
                                                 "history_marks",
                                                 "history_columns",
                                                 "history_groups",
                                                 "history_note",
                                                 "space",
                                                 "goal",
                                                 "cost_source",
                                                 "front",
                                                 "hypervolume",
                                                 "gaps"};
  return names;
}

PromptTemplate PromptTemplate::load(const fs::path& file, const std::string& standard) {
  if (file.empty()) return parse(std::string(*prompt_files::resource(standard)), standard);
  if (!fs::is_regular_file(file)) throw ConfigError(fmt::format("{}: no such prompt file", file.string()));
  return parse(read_file(file), file.string());
}

PromptTemplate PromptTemplate::parse(std::string text, const std::string& where) {
  std::vector<std::string> open;
  std::size_t at = 0;
  for (Mark mark; next_mark(text, at, mark); at = mark.end) {
    const std::string place = fmt::format("{}:{}", where, line_at(text, mark.begin));
    const auto& names = prompt_names();
    if (std::find(names.begin(), names.end(), mark.name) == names.end()) {
      throw ConfigError(fmt::format("{}: {}", place, unknown_name("placeholder", mark.name, names)));
    }
    if (mark.kind == '#') open.push_back(mark.name);
    if (mark.kind != '/') continue;
    if (open.empty() || open.back() != mark.name) {
      throw ConfigError(fmt::format("{}: {{{{/{}}}}} closes what is not open; {}", place, mark.name,
                                    open.empty() ? "remove it" : "close " + open.back() + " first"));
    }
    open.pop_back();
  }
  if (!open.empty()) throw ConfigError(fmt::format("{}: {{{{#{}}}}} is never closed", where, open.back()));
  PromptTemplate prompt;
  prompt.text_ = std::move(text);
  return prompt;
}

ChatMessages PromptTemplate::fill(const std::map<std::string, std::string>& values) const {
  const std::string text = filled(text_, values);
  constexpr std::string_view kSeparator = "\n---\n";
  const std::size_t at = text.find(kSeparator);
  if (at == text.npos) return {{"user", text}};
  ChatMessages messages = {{"system", text.substr(0, at)}, {"user", text.substr(at + kSeparator.size())}};
  if (messages[0].content.empty()) messages.erase(messages.begin());
  return messages;
}

std::string refusal(const std::vector<std::string>& violations) {
  std::string text = "That is not a valid design:\n";
  std::size_t shown = 0;
  for (; shown < violations.size() && text.size() < kMostRules; ++shown) {
    const std::string& rule = violations[shown];
    text += fmt::format("- {}{}\n", rule.substr(0, kMostRuleLength), rule.size() > kMostRuleLength ? "..." : "");
  }
  if (shown < violations.size()) text += fmt::format("- and {} more\n", violations.size() - shown);
  return text + "Put this right and answer with one whole design as a JSON object, and nothing after it.";
}

std::string refused_reply(const std::string& reply) {
  // Servers refuse an empty message.
  if (reply.empty()) return "(no answer)";
  if (reply.size() <= kMostReply) return reply;
  constexpr std::string_view kCut = "[...] ";
  std::size_t from = reply.size() - kMostReply + kCut.size();
  while (from < reply.size() && (static_cast<unsigned char>(reply[from]) & 0xC0) == 0x80) ++from;
  return std::string(kCut) + reply.substr(from);
}

}  // namespace flnas::searches
