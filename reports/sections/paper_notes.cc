#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

/// `backquoted` names become code.
std::string marked(const std::string& text) {
  std::string result;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = text.find('`', at);
    const std::size_t end = begin == text.npos ? text.npos : text.find('`', begin + 1);
    if (end == text.npos) break;
    result += text.substr(at, begin - at) + code(text.substr(begin + 1, end - begin - 1));
    at = end + 1;
  }
  return result + text.substr(at);
}

}  // namespace

void add_paper_notes(const ReportInputs&, Section& section) {
  List list;
  for (const PaperNote& note : fl_nas().notes) list.items.push_back(strong(note.title + ".") + " " + marked(note.text));
  section.blocks.emplace_back(Paragraph{"Found by calculation from the published numbers (arXiv " + fl_nas().arxiv +
                                        "); they explain how the columns above are compared."});
  section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
