#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/inline.h"
#include "reports/measures.h"
#include "reports/parts/parts.h"

namespace flnas::reports {
namespace {

/// Every leaf of a JSON object as "machine / cpu" and its text.
void flatten(const Json& value, const std::string& name, std::vector<std::pair<std::string, std::string>>& leaves) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) flatten(inner, name.empty() ? key : name + " / " + key, leaves);
  } else {
    leaves.emplace_back(name, value.is_string() ? value.get<std::string>()
                              : value.is_null() ? "unknown"
                                                : value.dump());
  }
}

/// Models whose run had another environment than the reproduction as a whole: made elsewhere, or by another build.
std::vector<std::string> made_elsewhere(const Evidence& evidence) {
  std::vector<std::string> folders;
  const Json ours = evidence.reproduce.value("environment", Json::object());
  for (const Record& run : evidence.runs) {
    if (!run.json.empty() && run.at("/environment") != ours) folders.push_back(run.folder);
  }
  return folders;
}

Table environment_table(const Evidence& evidence) {
  Table table{"environment", "Environment", "", "Item", {}, {}};
  table.columns.push_back({"value", "Value", "", "", {}, false, false, false, true});
  std::vector<std::pair<std::string, std::string>> leaves;
  flatten(evidence.reproduce.value("environment", Json::object()), "", leaves);
  for (const auto& [name, text] : leaves) {
    Row row{name, without_controls(name), {}, "", "", {words(without_controls(text))}};
    row.cells.front().provenance = {"", "reproduce.json", "/environment"};
    table.rows.push_back(std::move(row));
  }
  const auto elsewhere = made_elsewhere(evidence);
  table.caption = elsewhere.empty() ? "Machine, build and libtorch, the same for every run."
                                    : "Machine, build and libtorch of the reproduction. Some runs record another: " +
                                          fmt::format("{}", fmt::join(elsewhere, ", ")) + ".";
  return table;
}

void add_hashes(const std::string& folder, const Json& files, Table& table) {
  if (!files.is_object()) return;
  for (const auto& [file, hash] : files.items()) {
    if (!hash.is_string()) continue;
    table.rows.push_back({folder + "/" + file,
                          code(folder.empty() ? file : folder + "/" + file),
                          {},
                          "",
                          "",
                          {words(code(hash.get<std::string>()))}});
  }
}

Table hash_table(const Evidence& evidence) {
  Table table{"hashes",
              "SHA-256 of what was read and written",
              "`flnas verify` recomputes them. Weights are not kept with published records.",
              "File",
              {},
              {}};
  table.caption = code("flnas verify") + " recomputes them. Weights are not kept with published records.";
  table.columns.push_back({"sha256", "SHA-256", "", "", {}, false, false, false, true});
  const auto add = [&](const std::string& name, const std::string& hash) {
    if (!hash.empty()) table.rows.push_back({name, name, {}, "", "", {words(code(hash))}});
  };
  add("data set", evidence.text("/data/fingerprint"));
  add("split", evidence.text("/split/sha256"));
  for (const Record& run : evidence.runs) add_hashes(run.folder, run.at("/files"), table);
  if (evidence.constant) add_hashes(evidence.constant->folder, evidence.constant->at("/files"), table);
  for (const Record& record : evidence.hardware) add_hashes(record.folder, record.at("/files"), table);
  return table;
}

}  // namespace

void add_provenance(const Evidence& evidence, Section& section) {
  section.blocks.emplace_back(environment_table(evidence));
  Listing commands;
  const auto add = [&](const std::string& command) {
    if (!command.empty()) commands.lines.push_back(command);
  };
  add(evidence.text("/command"));
  for (const Record& run : evidence.runs) add(run.text("/command"));
  for (const Record& record : evidence.hardware) add(record.text("/command"));
  if (!commands.lines.empty()) {
    section.blocks.emplace_back(
        Paragraph{"The first command made all of this; each of the others repeats one record."});
    section.blocks.emplace_back(std::move(commands));
  }
  section.blocks.emplace_back(hash_table(evidence));
}

}  // namespace flnas::reports
