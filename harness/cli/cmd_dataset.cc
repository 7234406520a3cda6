#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "datasets/fetch/fetch.h"
#include "datasets/images/check.h"
#include "datasets/split.h"
#include "datasets/synthetic/synth.h"
#include "datasets/table.h"
#include "harness/cli/commands.h"
#include "harness/cli/nas/miniature.h"
#include "harness/cli/options.h"

namespace flnas::cli {
namespace {

struct DatasetArguments {
  std::string folder, out, url;
  std::string adapter = "isic2019";
  bool json = false;
  bool keep_archive = false;
  unsigned threads = 0;
  SynthConfig synth;
  SplitConfig split;
  NasMiniatureConfig nas_table;
};

void synth(const DatasetArguments& arguments) {
  const bool written = write_synthetic(arguments.out, arguments.synth, arguments.threads);
  fmt::print("{}: {} synthetic images of {} px{}\n", arguments.out, arguments.synth.images, arguments.synth.size,
             written ? "" : " (already there)");
}

void fetch(const DatasetArguments& arguments) {
  const Adapter adapter = load_adapter(arguments.adapter);
  const FetchConfig config{
      .out = arguments.out, .url = arguments.url, .keep_archive = arguments.keep_archive, .retry = {}};
  fetch_dataset(adapter, config, [](const std::string& line) { fmt::print("{}\n", line); });
  fmt::print("{}: complete; check it with `flnas dataset check`\n", arguments.out);
}

void check(const DatasetArguments& arguments, int& exit_code) {
  const Table table = read_table(arguments.folder, load_adapter(arguments.adapter), BadRows::kCollect);
  const CheckReport report = check_dataset(table, arguments.threads);
  fmt::print("{}", arguments.json ? report_to_json(report).dump(2) + "\n" : report_to_text(report));
  exit_code = report.usable() ? 0 : 3;
}

/// Sizes of the subsets and what is in them.
std::string describe(const Table& table, const Split& split) {
  std::string text = fmt::format("{:<12}{:>8}{:>9}", "", "images", "lesions");
  for (const auto& attribute : table.adapter.attributes) {
    for (const auto& group : attribute.groups) text += fmt::format("{:>8}", group.name);
  }
  for (const char* name : {"train", "validation", "test"}) {
    const auto rows = table.find(split.subset(name));
    std::set<std::string> units;
    for (const auto row : rows) units.insert(table.rows[row].unit());
    text += fmt::format("\n{:<12}{:>8}{:>9}", name, rows.size(), units.size());
    for (std::size_t a = 0; a < table.adapter.attributes.size(); ++a) {
      for (std::size_t g = 0; g < table.adapter.attributes[a].groups.size(); ++g) {
        text += fmt::format("{:>8}", std::count_if(rows.begin(), rows.end(), [&](auto row) {
                              return table.rows[row].groups[a] == static_cast<int>(g);
                            }));
      }
    }
  }
  return text + "\n";
}

void split(const DatasetArguments& arguments) {
  const Table table = read_table(arguments.folder, load_adapter(arguments.adapter));
  const Split made = make_split(table, arguments.split);
  const Json json = split_to_json(made);
  write_json(arguments.out, json);
  if (arguments.json) {
    fmt::print("{}\n", json.dump(2));
    return;
  }
  fmt::print("{}", describe(table, made));
  for (const auto& note : made.notes) fmt::print(stderr, "note: {}\n", note);
}

void make_nas_table(const DatasetArguments& arguments) {
  std::vector<std::string> words = {"flnas", "dataset", "nas-table", "--out", arguments.out};
  for (auto& flag : arguments_of(arguments.nas_table)) words.push_back(std::move(flag));
  write_nas_miniature(arguments.out, arguments.nas_table, command_line(words));
  fmt::print("{}: a table for `flnas search llmnas --tables`\n", arguments.out);
}

}  // namespace

void add_dataset(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("dataset", "draw, fetch, check and split image sets");
  command->require_subcommand(1);
  auto arguments = std::make_shared<DatasetArguments>();
  const auto add_adapter = [&](CLI::App* to) {
    to->add_option("--adapter", arguments->adapter, "data set: a known name or an adapter .json")
        ->capture_default_str();
  };
  const auto add_threads = [&](CLI::App* to) {
    to->add_option("--threads", arguments->threads, "threads; 0 takes all cores")->capture_default_str();
  };

  auto* draw = command->add_subcommand("synth", "draw synthetic lesions in the ISIC 2019 layout");
  draw->add_option("--out", arguments->out, "new folder")->required();
  add_options(*draw, arguments->synth);
  add_threads(draw);
  draw->callback([arguments] { synth(*arguments); });

  auto* get = command->add_subcommand("fetch", "download the official files; continues where it was stopped");
  get->add_option("name", arguments->adapter, "data set: a known name (isic2019) or an adapter .json")
      ->required()
      ->option_text("NAME");
  get->add_option("--out", arguments->out, "folder to fill")->required();
  get->add_option("--url", arguments->url, "base address of a mirror");
  get->add_flag("--keep-archive", arguments->keep_archive, "keep the zip file after unpacking");
  get->callback([arguments] { fetch(*arguments); });

  auto* look = command->add_subcommand("check", "integrity report; exit 3 where the set cannot be used");
  look->add_option("folder", arguments->folder, "folder with the images and their tables")
      ->required()
      ->option_text("DIR");
  add_adapter(look);
  add_threads(look);
  look->add_flag("--json", arguments->json, "print JSON");
  look->callback([arguments, &exit_code] { check(*arguments, exit_code); });

  auto* divide = command->add_subcommand("split", "select images and divide them into train, validation and test");
  divide->add_option("folder", arguments->folder, "folder with the tables; images are not needed")
      ->required()
      ->option_text("DIR");
  divide->add_option("--out", arguments->out, "split file to write")->required();
  add_options(*divide, arguments->split);
  add_adapter(divide);
  divide->add_flag("--json", arguments->json, "print the split");
  divide->callback([arguments] { split(*arguments); });

  auto* table =
      command->add_subcommand("nas-table", "train and measure every cell of a small space, as a table to search on");
  table->add_option("--out", arguments->out, "new folder; the same command continues there")->required();
  add_options(*table, arguments->nas_table);
  table->callback([arguments] { make_nas_table(*arguments); });
}

}  // namespace flnas::cli
