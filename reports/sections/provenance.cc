// The commands that repeat the records, and the hashes of their files.
#include <set>

#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

std::string path_of(const std::string& folder, const std::string& file) {
  return folder.empty() ? file : folder + "/" + file;
}

template <class Files>
void add_hashes(const std::string& folder, const Files& files, Table& table) {
  for (const auto& [file, hash] : files) {
    const std::string path = path_of(folder, file);
    table.rows.push_back({.key = path, .label = code(path), .cells = {words(code(hash))}});
  }
}

Table hash_table(const ReportInputs& inputs) {
  Table table{.id = "hashes",
              .title = "SHA-256 of what was read and written",
              .caption = code("flnas verify") + " recomputes them. Weights are not kept with published records.",
              .row_title = "File",
              .beside = true};
  table.columns.push_back({.key = "sha256", .title = "SHA-256", .words = true});
  const auto add = [&](const std::string& name, const std::string& hash) {
    if (!hash.empty()) table.rows.push_back({.key = name, .label = name, .cells = {words(code(hash))}});
  };
  if (inputs.has_reproduction()) {
    add("data set", inputs.reproduced().data.fingerprint);
    add("split", inputs.reproduced().split.sha256);
  }
  for (const Run& run : inputs.runs) add_hashes(run.folder, run.record.files, table);
  if (inputs.constant) add_hashes(inputs.constant->folder, inputs.constant->record.files, table);
  for (const Hardware& found : inputs.hardware) add_hashes(found.folder, found.record.files, table);
  // searches of one comparison share their data
  std::set<std::string> named;
  const auto add_once = [&](const std::string& name, const std::string& hash) {
    if (named.insert(name + hash).second) add(name, hash);
  };
  for (const Search& search : inputs.searches) {
    const DataInfo& data = search.record.data;
    add_once("data set " + data.name, data.fingerprint);
    add_once("split of " + data.name, data.split_sha256);
  }
  const auto add_digest = [&](const auto& found) {
    add(path_of(found.folder, found.file) + ", its digest", found.digest);
  };
  for (const Search& search : inputs.searches) {
    add_digest(search);
    add_hashes(search.folder, search.record.files, table);
  }
  for (const ProxySearch& search : inputs.proxy_searches) add_digest(search);
  for (const Suite& suite : inputs.suites) add_digest(suite);
  for (const Robustness& found : inputs.robustness) add_digest(found);
  return table;
}

/// The commands that made the records, each once.
Listing commands_of(const ReportInputs& inputs) {
  Listing commands;
  std::set<std::string> listed;
  const auto add = [&](const std::string& command) {
    if (!command.empty() && listed.insert(command).second) commands.lines.push_back(command);
  };
  const auto add_all = [&](const auto& records) {
    for (const auto& found : records) add(found.record.command);
  };
  if (inputs.has_reproduction()) add(inputs.reproduced().command);
  add_all(inputs.runs), add_all(inputs.hardware), add_all(inputs.comparisons), add_all(inputs.searches);
  add_all(inputs.proxy_searches), add_all(inputs.suites), add_all(inputs.nas);
  add_all(inputs.robustness);
  return commands;
}

}  // namespace

void add_provenance(const ReportInputs& inputs, Section& section) {
  if (Listing commands = commands_of(inputs); !commands.lines.empty()) {
    Paragraph introduction;
    introduction.text = inputs.has_reproduction()
                            ? "The first command made the reproduction; each of the others repeats one record."
                            : "Each command repeats what it made.";
    section.blocks.emplace_back(std::move(introduction));
    section.blocks.emplace_back(std::move(commands));
  }
  if (Table hashes = hash_table(inputs); !hashes.rows.empty()) section.blocks.emplace_back(std::move(hashes));
}

}  // namespace flnas::reports
