#include "reports/document/words.h"

#include <cctype>
#include <string_view>
#include <variant>

#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

constexpr std::string_view kWord = "image";

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

/// "an" before a word that begins with a consonant loses its n.
void mend_article(std::string& before, const std::string& word) {
  constexpr std::string_view kArticle = "an ";
  if (word.empty() || std::string_view("aeiou").find(word[0]) != std::string_view::npos) return;
  if (before.size() < kArticle.size() || before.compare(before.size() - 2, 2, kArticle.substr(1)) != 0) return;
  const std::size_t at = before.size() - kArticle.size();
  if (std::tolower(static_cast<unsigned char>(before[at])) != 'a' || (at > 0 && is_letter(before[at - 1]))) return;
  before.erase(at + 1, 1);
}

/// A text without marks.
std::string in_words(const std::string& text, const std::string& example) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins = at == 0 || !is_letter(text[at - 1]);
    const char first = static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
    const bool is_word = begins && first == kWord[0] && text.compare(at + 1, kWord.size() - 1, kWord.substr(1)) == 0;
    std::size_t end = at + kWord.size();
    if (is_word && end < text.size() && text[end] == 's') ++end;
    if (!is_word || (end < text.size() && is_letter(text[end]))) {
      made += text[at++];
      continue;
    }
    const std::string word = example + (end - at > kWord.size() ? "s" : "");
    mend_article(made, word);
    made += first == text[at] ? word : capitalised(word);
    at = end;
  }
  return made;
}

class Speaker {
 public:
  explicit Speaker(const std::string& example) : example_(example) {}

  void say(std::string& text) const { text = spoken_of(text, example_); }

  void operator()(Paragraph& block) const { say(block.text); }
  void operator()(List& block) const {
    for (auto& item : block.items) say(item);
  }
  void operator()(Callout& block) const {
    say(block.title);
    for (auto& line : block.lines) say(line);
  }
  void operator()(Facts& block) const {
    for (auto& [name, fact] : block.items) say(name), say(fact);
  }
  void operator()(Listing& /*commands*/) const {}
  void operator()(Figure& block) const { say(block.title), say(block.caption), say(block.alternative); }
  void operator()(Table& block) const {
    say(block.title), say(block.caption), say(block.row_title);
    for (Column& column : block.columns) say(column.title), say(column.note), say(column.panel);
    for (Row& row : block.rows) {
      say(row.note);
      for (Cell& cell : row.cells) say(cell.terms), say(cell.reason);
    }
  }

 private:
  const std::string& example_;
};

}  // namespace

std::string spoken_of(const std::string& text, const std::string& example) {
  std::string made;
  for (const Span& span : spans(text)) {
    switch (span.kind) {
      case Span::Kind::kCode:
        made += code(span.text);
        break;
      case Span::Kind::kReference:
        made += reference(span.text);
        break;
      case Span::Kind::kStrong:
        made += strong(in_words(span.text, example));
        break;
      case Span::Kind::kPlain:
        made += in_words(span.text, example);
        break;
    }
  }
  return made;
}

void speak_of(Document& document, const std::string& example) {
  const Speaker speaker(example);
  speaker.say(document.title);
  speaker.say(document.subtitle);
  for (auto* sections : {&document.sections, &document.printed}) {
    for (Section& section : *sections) {
      speaker.say(section.title);
      for (Block& block : section.blocks) std::visit(speaker, block);
    }
  }
  for (Source& source : document.sources) {
    for (auto& [name, fact] : source.facts) speaker.say(name);
  }
}

}  // namespace flnas::reports
