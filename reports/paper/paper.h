#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"

namespace flnas::reports {

/// One row of a paper's table.
struct PaperRow {
  std::string model;  ///< Name in the registry.
  std::string title;
  std::string group;
  bool identified = true;  ///< False: the architecture cannot be known, ours is `like` it.
  Json values;             ///< As in the JSON file.

  /// A column of reports/paper/fl_nas.json; none where the paper gives none.
  std::optional<double> value(const std::string& key) const;
};

struct PaperNote {
  std::string id;
  std::string title;
  std::string text;  ///< Names in `backquotes` are code.
};

/// Test images of one sex and age.
struct PaperCell {
  std::string sex, age;
  int benign = 0, malignant = 0;
};

/// The people in the paper's test images, in the composition that is most favourable to its claims; the paper itself
/// does not state it.
struct PaperSample {
  std::string source;  ///< where the numbers come from
  std::vector<PaperCell> cells;
  int young_malignant_available = 0;  ///< images of young people with a malignant lesion in all of its data set

  int images() const;
  /// Malignant images of one age.
  int malignant(const std::string& age) const;
};

/// A point on which the paper's text and its numbers disagree, and what each protocol does about it.
struct PaperContradiction {
  std::string id;
  std::string title;
  std::string text, numbers;
  std::string clean, stated, inferred;
};

/// What a paper reports, as data.
struct Paper {
  std::string title;
  std::string arxiv;
  std::string adapter;     ///< of its data set, by name
  std::string data_title;  ///< of its data set, for readers
  std::string task;        ///< what its networks are asked, a task of that adapter
  PaperSample sample;
  std::vector<PaperRow> rows;
  std::vector<PaperContradiction> contradictions;
  std::vector<PaperNote> notes;

  const PaperRow* find(const std::string& model) const;
};

/// FL-NAS (arXiv 2402.06696), Table I: reports/paper/fl_nas.json, which is part of the program.
const Paper& fl_nas();

}  // namespace flnas::reports
