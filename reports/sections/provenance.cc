// The commands that repeat the records, and the hashes of their files.
#include <set>

#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

std::string path_of(const std::string& folder, const std::string& file) {
  return folder.empty() ? file : folder + "/" + file;
}

void add_hashes(const std::string& folder, const Json& files, Table& table) {
  if (!files.is_object()) return;
  for (const auto& [file, hash] : files.items()) {
    if (!hash.is_string()) continue;
    table.rows.push_back(
        {path_of(folder, file), code(path_of(folder, file)), {}, "", "", {words(code(hash.get<std::string>()))}});
  }
}

Table hash_table(const Evidence& evidence) {
  Table table{"hashes",
              "SHA-256 of what was read and written",
              code("flnas verify") + " recomputes them. Weights are not kept with published records.",
              "File",
              {},
              {}};
  table.columns.push_back({"sha256", "SHA-256", "", "", {}, false, false, false, true});
  const auto add = [&](const std::string& name, const std::string& hash) {
    if (!hash.empty()) table.rows.push_back({name, name, {}, "", "", {words(code(hash))}});
  };
  add("data set", evidence.text("/data/fingerprint"));
  add("split", evidence.text("/split/sha256"));
  for (const Record& run : evidence.runs) add_hashes(run.folder, run.at("/files"), table);
  if (evidence.constant) add_hashes(evidence.constant->folder, evidence.constant->at("/files"), table);
  for (const Record& record : evidence.hardware) add_hashes(record.folder, record.at("/files"), table);
  // searches of one comparison share their data
  std::set<std::string> named;
  const auto add_once = [&](const std::string& name, const std::string& hash) {
    if (named.insert(name + hash).second) add(name, hash);
  };
  for (const Record& search : evidence.searches) {
    add_once("data set " + search.text("/data/name"), search.text("/data/fingerprint"));
    add_once("split of " + search.text("/data/name"), search.text("/data/split_sha256"));
  }
  for (const Record& search : evidence.searches) {
    add(path_of(search.folder, search.file) + ", its digest", search.text("/digest"));
    add_hashes(search.folder, search.at("/files"), table);
  }
  for (const auto* records : {&evidence.transformers, &evidence.suites}) {
    for (const Record& record : *records) {
      add(path_of(record.folder, record.file) + ", its digest", record.text("/digest"));
    }
  }
  return table;
}

/// The commands that made the records, each once.
Listing commands_of(const Evidence& evidence) {
  Listing commands;
  std::set<std::string> listed;
  const auto add = [&](const std::string& command) {
    if (!command.empty() && listed.insert(command).second) commands.lines.push_back(command);
  };
  add(evidence.text("/command"));
  for (const auto* records : {&evidence.runs, &evidence.hardware, &evidence.comparisons, &evidence.searches,
                              &evidence.transformers, &evidence.suites}) {
    for (const Record& record : *records) add(record.text("/command"));
  }
  for (const NasEvidence& nas : evidence.nas) add(without_controls(nas.record.command));
  return commands;
}

}  // namespace

void add_provenance(const Evidence& evidence, Section& section) {
  if (Listing commands = commands_of(evidence); !commands.lines.empty()) {
    Paragraph introduction;
    introduction.text = evidence.has_reproduction()
                            ? "The first command made the reproduction; each of the others repeats one record."
                            : "Each command repeats what it made.";
    section.blocks.emplace_back(std::move(introduction));
    section.blocks.emplace_back(std::move(commands));
  }
  if (Table hashes = hash_table(evidence); !hashes.rows.empty()) section.blocks.emplace_back(std::move(hashes));
}

}  // namespace flnas::reports
