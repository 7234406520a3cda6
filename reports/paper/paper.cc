#include "reports/paper/paper.h"

#include "harness/base/error.h"
#include "resources/papers.h"

namespace flnas::reports {
namespace {

Paper read_paper(std::string_view name) {
  const auto text = papers::resource(name);
  if (!text) throw DataError(std::string(name) + ": not built into this program");
  const Json json = parse_json(*text, name);
  Paper paper;
  paper.title = json.at("paper").at("title");
  paper.arxiv = json.at("paper").at("arxiv");
  paper.adapter = json.at("paper").at("data");
  paper.data_title = json.at("paper").at("data_title");
  paper.task = json.at("paper").at("task");
  paper.sample.source = json.at("sample").at("source");
  paper.sample.young_malignant_available = json.at("sample").at("young_malignant_available");
  for (const Json& cell : json.at("sample").at("cells")) {
    paper.sample.cells.push_back({cell.at("sex"), cell.at("age"), cell.at("benign"), cell.at("malignant")});
  }
  for (const Json& row : json.at("rows")) {
    paper.rows.push_back({row.at("model"), row.at("title"), row.at("group"), row.at("identified"), row});
  }
  for (const Json& point : json.at("contradictions")) {
    paper.contradictions.push_back({point.at("id"), point.at("title"), point.at("text"), point.at("numbers"),
                                    point.at("clean"), point.at("stated"), point.at("inferred")});
  }
  for (const Json& note : json.at("notes")) paper.notes.push_back({note.at("id"), note.at("title"), note.at("text")});
  return paper;
}

}  // namespace

std::optional<double> PaperRow::value(const std::string& key) const {
  const auto found = values.find(key);
  if (found == values.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

int PaperSample::images() const {
  int count = 0;
  for (const PaperCell& cell : cells) count += cell.benign + cell.malignant;
  return count;
}

int PaperSample::malignant(const std::string& age) const {
  int count = 0;
  for (const PaperCell& cell : cells) count += cell.age == age ? cell.malignant : 0;
  return count;
}

const PaperRow* Paper::find(const std::string& model) const {
  for (const PaperRow& row : rows) {
    if (row.model == model) return &row;
  }
  return nullptr;
}

const Paper& fl_nas() {
  static const Paper paper = read_paper("reports/paper/fl_nas.json");
  return paper;
}

}  // namespace flnas::reports
