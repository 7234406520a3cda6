#include "reports/document/words.h"

#include <variant>

#include "datasets/example_word.h"
#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

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
        made += strong(in_words_of(span.text, example));
        break;
      case Span::Kind::kPlain:
        made += in_words_of(span.text, example);
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
