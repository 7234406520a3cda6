// Reports layer: from records to one document in several formats. It reads records, and the predictions that they list;
// it does not know models, images or libtorch, and takes rates and metrics from the metrics layer.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "reports/document/table.h"

namespace flnas::reports {

// The document model. Builders (reports/sections) fill it and do not know formats; renderers (reports/render) write it
// and do not know the content. Strings may hold the marks of reports/document/inline.h; nothing else in them is
// special: renderers escape everything.

struct Paragraph {
  std::string text;
};

struct List {
  std::vector<std::string> items;
};

/// A highlighted box.
struct Callout {
  enum class Tone { kGood, kWarning };
  Tone tone = Tone::kWarning;
  std::string title;
  std::vector<std::string> lines;
};

/// Short named facts, as a definition list.
struct Facts {
  std::vector<std::pair<std::string, std::string>> items;
};

/// Text to copy: commands, one a line.
struct Listing {
  std::vector<std::string> lines;
};

/// A figure that gnuplot draws from `script` (reports/figures); `svg` is filled by draw_figures.
struct Figure {
  std::string id;  ///< File name and anchor: figures/<id>.svg.
  std::string title = {};
  std::string caption = {};
  std::string alternative = {};  ///< What it shows, for a reader who cannot see it.
  std::string script = {};
  std::string svg = {};
};

using Block = std::variant<Paragraph, List, Callout, Facts, Listing, Table, Figure>;

struct Section {
  std::string id;
  std::string title;
  std::vector<Block> blocks;
  bool numbered = true;  ///< in print, with a line that names its tables and figures
};

/// Facts about a record that cells name in their provenance.
struct Source {
  std::string run;  ///< As in Provenance::run and file.
  std::string file;
  std::vector<std::pair<std::string, std::string>> facts;  ///< "Command", "Seed", ...
};

struct Document {
  std::string title = {};
  std::string subtitle = {};
  std::vector<Section> sections = {};
  std::vector<Source> sources = {};
  std::vector<std::pair<std::string, std::string>> elsewhere = {};  ///< id, and what a reference to it prints
  std::vector<Section> printed = {};  ///< what the PDF holds, of the same blocks; empty: all sections
};

/// The document as it is printed: of `printed` alone, where there is some. References to what it leaves out name it as
/// the page numbers it: "Table XII of report.html".
Document printed_document(const Document& document);

/// All tables (figures) in the order in which they are numbered.
std::vector<const Table*> tables(const Document& document);
std::vector<Figure*> figures(Document& document);

/// What a reference to a table, figure or section prints: "Table II", "Figure 3" or the section's title.
/// Empty for an unknown id.
std::string reference_text(const Document& document, const std::string& id);

/// "search" and "out/fl nas" -> "search_out_fl_nas": a table's or figure's id for a folder.
std::string slug(const std::string& prefix, const std::string& folder);

/// 1 -> "I", 4 -> "IV"; 1 to 39.
std::string roman(int number);

}  // namespace flnas::reports
