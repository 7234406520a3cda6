#include "datasets/adapters/describe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "datasets/adapters/image_folder.h"
#include "harness/base/error.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

constexpr std::size_t kMostClasses = 50, kMostGroups = 8;

const Texts kImageNames = {"image",    "image_id", "image_name", "img",     "img_id", "file",     "file_name",
                           "filename", "path",     "image_path", "isic_id", "id",     "ddi_file", "md5hash"};
const Texts kLabelNames = {
    "label",   "dx",        "diagnosis",        "class",       "target",  "category",       "y_true",    "y",
    "disease", "malignant", "benign_malignant", "diagnosis_1", "finding", "classification", "condition", "type"};
const Texts kUnitNames = {"lesion_id",  "patient_id", "patient", "lesion",  "subject",
                          "subject_id", "person",     "case",    "case_id", "unit"};

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

bool is_blank(const std::string& text) {
  const std::string lower = lower_case(text);
  return lower.empty() || lower == "unknown" || lower == "nan" || lower == "na";
}

/// One column's contents.
struct Contents {
  std::map<std::string, std::size_t> counts;  ///< of texts that are not blank
  std::vector<double> numbers;                ///< sorted; empty where one text is no number
  std::size_t blank = 0;
};

Contents contents_of(const Csv& table, std::size_t column) {
  Contents found;
  bool numeric = true;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& text = table.at(row, column);
    if (is_blank(text)) {
      ++found.blank;
      continue;
    }
    ++found.counts[text];
    const auto number = number_of(text);
    numeric = numeric && number;
    if (number) found.numbers.push_back(*number);
  }
  if (!numeric) found.numbers.clear();
  std::sort(found.numbers.begin(), found.numbers.end());
  return found;
}

/// A name that groups of other attributes do not have.
std::string group_name(std::string wanted, const std::string& attribute, std::set<std::string>& taken) {
  if (wanted.empty() || number_of(wanted)) wanted = attribute + "_" + wanted;
  if (taken.contains(wanted)) wanted = attribute + "_" + wanted;
  taken.insert(wanted);
  return wanted;
}

/// Numbers that stand for "not known": alone, far from the others, and one of those that people write.
Texts sentinels(const std::vector<double>& numbers) {
  static constexpr std::array kUsual = {-999.0, -99.0, -9.0, -1.0, 99.0, 999.0, 9999.0};
  Texts found;
  for (const double value : kUsual) {
    if (!std::binary_search(numbers.begin(), numbers.end(), value)) continue;
    std::vector<double> others;
    std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(others),
                 [&](double v) { return std::find(kUsual.begin(), kUsual.end(), v) == kUsual.end(); });
    if (others.empty()) continue;
    const bool alone = value < 0 ? others.front() >= 0 : value > 1.5 * others.back();
    if (alone) found.push_back(fmt::format("{}", value));
  }
  return found;
}

Json numeric_attribute(const std::string& name, Contents contents, std::set<std::string>& taken) {
  const Texts unknown = sentinels(contents.numbers);
  std::erase_if(contents.numbers, [&](double value) {
    return std::find(unknown.begin(), unknown.end(), fmt::format("{}", value)) != unknown.end();
  });
  const auto& numbers = contents.numbers;
  const double first = std::round(numbers[numbers.size() / 3]), second = std::round(numbers[numbers.size() * 2 / 3]);
  constexpr double kWhole = 1e15;  // beyond, a double is no longer every integer
  const auto bound = [](double value) { return std::abs(value) < kWhole ? Json(std::llround(value)) : Json(value); };
  Json groups = Json::object();
  groups[group_name(fmt::format("{}_below_{:.0f}", name, first), name, taken)] = {{"below", bound(first)}};
  if (second > first) {
    groups[group_name(fmt::format("{}_{:.0f}_to_{:.0f}", name, first, second), name, taken)] = {
        {"from", bound(first)}, {"below", bound(second)}};
  }
  const double last = std::max(first, second);
  groups[group_name(fmt::format("{}_from_{:.0f}", name, last), name, taken)] = {{"from", bound(last)}};
  Json attribute = {{"column", name}};
  if (numbers.front() >= 0) attribute["range"] = {{"from", 0}};
  if (!unknown.empty()) attribute["unknown"] = unknown;
  attribute["groups"] = groups;
  return attribute;
}

class Guess {
 public:
  Guess(const Csv& table, const fs::path& images, const KnownColumns& known) : table_(table), known_(known) {
    for (std::size_t i = 0; i < table.header().size(); ++i) contents_.push_back(contents_of(table, i));
    used_.resize(table.header().size(), false);
    if (fs::is_directory(images)) {
      for (const auto& entry : fs::directory_iterator(images)) {
        files_.insert(entry.path().filename().string());
        files_.insert(entry.path().stem().string());
      }
    }
  }

  DraftColumns make() {
    const auto image = image_column();
    if (!image) {
      throw DataError(fmt::format("{}: no column has a different id for each image; name it 'image'", table_.where()));
    }
    found_.image = take(*image);
    if (!known_.label.empty()) used_[table_.column(known_.label)] = true;  // no id, no unit
    if (!known_.unit.empty()) {
      found_.unit = take(table_.column(known_.unit));
    } else if (const auto unit = named(kUnitNames, [&](std::size_t i) { return contents_[i].counts.size() > 1; })) {
      found_.unit = take(*unit);
    }
    find_labels();
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!used_[i]) add_attribute(i);
    }
    return std::move(found_);
  }

 private:
  const std::string& name(std::size_t column) const { return table_.header()[column]; }
  std::string take(std::size_t column) {
    used_[column] = true;
    return name(column);
  }
  template <class Fits>
  std::optional<std::size_t> named(const Texts& names, const Fits& fits) const {
    for (const auto& wanted : names) {
      for (std::size_t i = 0; i < used_.size(); ++i) {
        if (!used_[i] && lower_case(name(i)) == wanted && fits(i)) return i;
      }
    }
    return std::nullopt;
  }

  bool all_different(std::size_t column) const {
    return contents_[column].blank == 0 && contents_[column].counts.size() == table_.rows();
  }
  std::size_t files_named(std::size_t column) const {
    std::size_t count = 0;
    for (const auto& [text, rows] : contents_[column].counts) count += files_.contains(text);
    return count;
  }
  std::optional<std::size_t> image_column() const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!all_different(i) || files_named(i) == 0) continue;
      if (!best || files_named(i) > files_named(*best)) best = i;
    }
    if (best) return best;
    if (const auto known = named(kImageNames, [&](std::size_t i) { return all_different(i); })) return known;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!name(i).empty() && all_different(i) && contents_[i].numbers.empty()) return i;
    }
    return std::nullopt;
  }

  void find_labels() {
    const auto few = [&](std::size_t i) {
      return contents_[i].counts.size() >= 2 && contents_[i].counts.size() <= kMostClasses && contents_[i].blank == 0;
    };
    const auto label = known_.label.empty() ? named(kLabelNames, few) : table_.column(known_.label);
    if (label) {
      found_.label = take(*label);
      for (const auto& [text, count] : contents_[*label].counts) found_.classes.push_back(text);
      return;
    }
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const auto& numbers = contents_[i].numbers;
      const bool zeros_and_ones =
          !numbers.empty() && contents_[i].blank == 0 &&
          std::all_of(numbers.begin(), numbers.end(), [](double v) { return v == 0 || v == 1; });
      if (!used_[i] && zeros_and_ones) columns.push_back(i);
    }
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      double sum = 0;
      for (const std::size_t column : columns) sum += table_.number(row, column);
      if (sum != 1) return;
    }
    if (columns.size() < 2) return;
    for (const std::size_t column : columns) found_.classes.push_back(take(column));
  }

  void add_attribute(std::size_t column) {
    const Contents& contents = contents_[column];
    const std::string& text = name(column);
    if (text.empty() || lower_case(text).starts_with("unnamed:")) {
      found_.ignored.emplace_back(text, "a row number");
    } else if (contents.counts.size() < 2) {
      found_.ignored.emplace_back(text, "the same for all");
    } else if (contents.counts.size() <= kMostGroups) {
      Json groups = Json::object();
      for (const auto& [value, count] : contents.counts) groups[group_name(value, text, taken_)] = {value};
      found_.attributes[text] = {{"column", text}, {"groups", groups}};
    } else if (!contents.numbers.empty()) {
      found_.attributes[text] = numeric_attribute(text, contents, taken_);
    } else {
      found_.ignored.emplace_back(text, fmt::format("{} different texts", contents.counts.size()));
    }
  }

  const Csv& table_;
  const KnownColumns& known_;
  std::vector<Contents> contents_;
  std::vector<bool> used_;
  std::set<std::string> files_, taken_ = {"unknown"};
  DraftColumns found_;
};

/// The folder beside the table that holds most images, or the table's own; relative to it.
std::string image_folder_beside(const fs::path& folder) {
  std::string best = ".";
  std::size_t most = 0;
  const auto images_in = [](const fs::path& where) {
    return static_cast<std::size_t>(
        std::count_if(fs::directory_iterator(where), fs::directory_iterator(),
                      [](const auto& entry) { return is_image_name(entry.path().filename().string()); }));
  };
  if (const std::size_t here = images_in(folder); here > most) most = here;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_directory()) continue;
    const std::size_t count = images_in(entry.path());
    if (count <= most) continue;
    most = count;
    best = entry.path().filename().string();
  }
  return best;
}

/// What has to be added to ids for the names of files: nothing, or the ending of the first that is there.
std::string ending_of(const fs::path& images, const Csv& table, std::size_t image) {
  if (table.rows() > 0 && is_image_name(table.at(0, image))) return "";
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (const char* ending : {".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG"}) {
      if (fs::exists(images / (table.at(row, image) + ending))) return ending;
    }
  }
  return ".jpg";
}

}  // namespace

DraftColumns guess_columns(const Csv& table, const fs::path& images, const KnownColumns& known) {
  return Guess(table, images, known).make();
}

AdapterDraft describe_table(const fs::path& file, const fs::path& images, const KnownColumns& known) {
  const Csv table = Csv::read(file);
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const std::string below =
      images.empty() ? image_folder_beside(folder) : fs::proximate(images, folder).lexically_normal().string();
  const DraftColumns columns = guess_columns(table, folder / below, known);
  if (columns.classes.empty()) {
    throw DataError(fmt::format("{}: no column is seen to be the label; say which one with --label {}", table.where(),
                                fmt::join(table.header(), "|")));
  }
  AdapterDraft draft;
  const std::string name = file.filename().string();
  Json labels = {{"file", name}, {"image", columns.image}};
  if (!columns.label.empty()) labels["column"] = columns.label;
  labels["classes"] = columns.classes;
  Json metadata = {{"file", name}, {"image", columns.image}};
  if (!columns.unit.empty()) metadata["unit"] = columns.unit;
  const std::size_t image = table.column(columns.image);
  Json task = Json::object();
  if (columns.classes.size() == 2) task["positive"] = columns.classes[1];
  draft.adapter = {{"format", "flnas-adapter/1"},
                   {"name", file.stem().string()},
                   {"labels", labels},
                   {"metadata", metadata},
                   {"images", {{"folder", below}, {"suffixes", {ending_of(folder / below, table, image)}}}},
                   {"tasks", {{"all", task}}},
                   {"attributes", columns.attributes}};
  const auto note = [&](std::string text) { draft.notes.push_back(std::move(text)); };
  note(fmt::format("{} images by column '{}', in folder {}", table.rows(), columns.image, below));
  note(fmt::format("{} classes {}: {}", columns.classes.size(),
                   columns.label.empty() ? "by columns of zeros and a one" : "by column '" + columns.label + "'",
                   fmt::join(columns.classes, ", ")));
  if (task.contains("positive")) note(fmt::format("positive class: {}; correct it if it is not", columns.classes[1]));
  note(columns.unit.empty() ? "no column for lesion or person: each image may be split from the others"
                            : fmt::format("images of one '{}' stay on one side of a split", columns.unit));
  for (const auto& [attribute, json] : columns.attributes.items()) {
    Texts names;
    for (const auto& [group, unused] : json["groups"].items()) names.push_back(group);
    const std::string unknown =
        json.contains("unknown") ? fmt::format("; not known: {}", fmt::join(json["unknown"].get<Texts>(), ", ")) : "";
    note(fmt::format("attribute '{}': {}{}", attribute, fmt::join(names, ", "), unknown));
  }
  for (const auto& [column, why] : columns.ignored) note(fmt::format("column '{}' is not used: {}", column, why));
  return draft;
}

std::string draft_text(const Json& adapter) {
  const std::string text = adapter.dump(2);
  std::string compact;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text[at] == '[' ? text.find_first_of("[]{}", at + 1) : text.npos;
    if (end == text.npos || text[end] != ']') {
      compact += text[at];
      continue;
    }
    for (bool indented = false; at <= end; ++at) {  // a line's end is never part of a name: there it is written as \\n
      if (text[at] == '\n') {
        indented = true;
        if (compact.back() == ',') compact += ' ';
      } else if (!indented || text[at] != ' ') {
        indented = false;
        compact += text[at];
      }
    }
    at = end;
  }
  return compact + "\n";
}

}  // namespace flnas
