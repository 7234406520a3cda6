#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "datasets/describe.h"
#include "datasets/fetch/fetch.h"
#include "datasets/images/alike.h"
#include "datasets/images/check.h"
#include "datasets/split.h"
#include "datasets/synthetic/synth.h"
#include "datasets/table.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/cli/commands.h"
#include "searches/spaces/nas_bench_201/miniature/miniature.h"

namespace flnas::cli {
namespace {

constexpr char kAdapterHelp[] = "data set: a known name or an adapter .json";

struct SynthRequest {
  static constexpr char kCommand[] = "flnas dataset synth";
  std::filesystem::path out;
  SynthConfig synth;
  unsigned threads = 0;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("out", self.out, "new folder", {.value = "DIR", .required = true});
    SynthConfig::for_each_field(self.synth, visit);
    visit("threads", self.threads, "threads; 0: all cores", {.value = "N"});
  }
};

struct FetchRequest {
  static constexpr char kCommand[] = "flnas dataset fetch";
  std::string name;
  std::filesystem::path out;
  std::string url;
  bool keep_archive = false;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("name", self.name, "data set: a known name (isic2019) or an adapter .json",
          {.value = "NAME|FILE", .positional = true, .required = true});
    visit("out", self.out, "folder to fill", {.value = "DIR", .required = true});
    visit("url", self.url, "base address of a mirror", {.value = "URL"});
    visit("keep_archive", self.keep_archive, "keep the zip file after unpacking");
  }
};

struct CheckRequest {
  static constexpr char kCommand[] = "flnas dataset check";
  std::filesystem::path folder;
  std::string adapter = "isic2019";
  unsigned threads = 0;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("folder", self.folder, "folder with the images and their tables",
          {.value = "DIR", .positional = true, .required = true});
    visit("adapter", self.adapter, kAdapterHelp, {.value = "NAME|FILE"});
    visit("threads", self.threads, "threads; 0: all cores", {.value = "N"});
  }
};

struct SplitRequest {
  static constexpr char kCommand[] = "flnas dataset split";
  std::filesystem::path folder, out;
  SplitConfig split;
  std::string adapter = "isic2019";

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("folder", self.folder, "folder with the tables; images are not needed",
          {.value = "DIR", .positional = true, .required = true});
    visit("out", self.out, "split file to write", {.value = "FILE", .required = true});
    SplitConfig::for_each_field(self.split, visit);
    visit("adapter", self.adapter, kAdapterHelp, {.value = "NAME|FILE"});
  }
};

struct DescribeRequest {
  static constexpr char kCommand[] = "flnas dataset describe";
  std::filesystem::path table, images, out;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("table", self.table, "CSV with a row for each image: its file, its label, what is known of the person",
          {.value = "TABLE.csv", .positional = true, .required = true});
    visit("images", self.images, "folder with the images (default: the one beside the table that holds most)",
          {.value = "DIR"});
    visit("out", self.out, "adapter to write (default: to the terminal)", {.value = "FILE"});
  }
};

struct NasTableRequest {
  static constexpr char kCommand[] = "flnas dataset nas-table";
  std::filesystem::path out;
  searches::NasMiniatureConfig table;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("out", self.out, "new folder; the same command continues there", {.value = "DIR", .required = true});
    searches::NasMiniatureConfig::for_each_field(self.table, visit);
  }
};

void synth(const SynthRequest& request) {
  const bool written = write_synthetic(request.out, request.synth, request.threads);
  fmt::print("{}: {} synthetic images of {} px{}\n", request.out.string(), request.synth.images, request.synth.size,
             written ? "" : " (already there)");
}

void fetch(const FetchRequest& request) {
  const Adapter adapter = load_adapter(request.name);
  const FetchConfig config{.out = request.out, .url = request.url, .keep_archive = request.keep_archive, .retry = {}};
  fetch_dataset(adapter, config, [](const std::string& line) { fmt::print(stderr, "{}\n", line); });
  fmt::print("{}: complete; check it with `flnas dataset check`\n", request.out.string());
}

int check(const CheckRequest& request, const Output& output) {
  const Table table = read_table(request.folder, load_adapter(request.adapter), BadRows::kCollect);
  const CheckReport report = check_dataset(table, request.threads);
  fmt::print("{}", output.json ? report_to_json(report).dump(2) + "\n" : report_to_text(report));
  return report.usable() ? 0 : 3;
}

/// A subset's line: images, units and images of each group.
std::string describe(const Table& table, const std::string& name, const std::vector<std::string>& images) {
  const auto rows = table.find(images);
  std::set<std::string> units;
  for (const auto row : rows) units.insert(table.rows[row].unit());
  std::string text = fmt::format("\n{:<18}{:>8}{:>9}", name, rows.size(), units.size());
  for (std::size_t a = 0; a < table.adapter.attributes.size(); ++a) {
    for (std::size_t g = 0; g < table.adapter.attributes[a].groups.size(); ++g) {
      text += fmt::format("{:>8}", std::count_if(rows.begin(), rows.end(), [&](auto row) {
                            return table.rows[row].groups[a] == static_cast<int>(g);
                          }));
    }
  }
  return text;
}

/// Sizes of the subsets and what is in them.
std::string describe(const Table& table, const Split& split) {
  std::string text = fmt::format("{:<18}{:>8}{:>9}", "", "images", "lesions");
  for (const auto& attribute : table.adapter.attributes) {
    for (const auto& group : attribute.groups) text += fmt::format("{:>8}", group.name);
  }
  if (split.folds.empty()) {
    for (const char* name : {"train", "validation", "test"}) text += describe(table, name, split.subset(name));
  }
  for (std::size_t fold = 0; fold < split.folds.size(); ++fold) {
    const std::string number = fmt::format("fold {} ", fold + 1);
    text += describe(table, number + "train", split.folds[fold].train);
    text += describe(table, number + "validation", split.folds[fold].validation);
    text += describe(table, number + "test", split.folds[fold].test);
  }
  return text + "\n";
}

void split(const SplitRequest& request, const Output& output) {
  const Table table = read_table(request.folder, load_adapter(request.adapter));
  const Split made =
      make_split(table, request.split, [](const Table& all, const RowIndices& rows) { return find_alike(all, rows); });
  const Json json = split_to_json(made);
  write_json(request.out, json);
  if (output.json) {
    fmt::print("{}\n", json.dump(2));
    return;
  }
  fmt::print("{}", describe(table, made));
  for (const auto& note : made.notes) fmt::print(stderr, "note: {}\n", note);
}

void describe_new(const DescribeRequest& request) {
  const AdapterDraft draft = describe_table(request.table, request.images);
  for (const auto& note : draft.notes) fmt::print(stderr, "note: {}\n", note);
  if (request.out.empty()) {
    fmt::print("{}\n", draft.adapter.dump(2));
    return;
  }
  if (std::filesystem::exists(request.out)) {
    throw ConfigError(fmt::format("{}: is there already; delete it, or name another --out", request.out.string()));
  }
  write_json(request.out, draft.adapter);
  fmt::print("{}: a draft; read it, correct it, then try `flnas dataset check {} --adapter {}`\n", request.out.string(),
             request.table.has_parent_path() ? request.table.parent_path().string() : ".", request.out.string());
}

void make_nas_table(const NasTableRequest& request) {
  searches::write_nas_miniature(request.out, request.table, command_of(request));
  fmt::print("{}: a table for `flnas search`\n", request.out.string());
}

}  // namespace

void add_dataset(CLI::App& app, Context& context) {
  CLI::App& dataset = *app.add_subcommand("dataset");
  set_help(dataset, {.summary = "draw, fetch, describe, check and split image sets",
                     .examples = {"flnas dataset synth --out data", "flnas dataset split data --out split.json"},
                     .next = "flnas train MODEL --data data --split split.json --out RUN",
                     .group = kData});
  dataset.require_subcommand(1);
  add_command<SynthRequest>(dataset, context,
                            {.summary = "draw synthetic lesions in the ISIC 2019 layout",
                             .examples = {"flnas dataset synth --out data --images 1200 --size 64"},
                             .next = "flnas dataset split data --out split.json"},
                            synth);
  add_command<FetchRequest>(dataset, context,
                            {.summary = "download the official files; continues where it was stopped",
                             .examples = {"flnas dataset fetch isic2019 --out ISIC"},
                             .next = "flnas dataset check ISIC"},
                            fetch);
  add_command<DescribeRequest>(
      dataset, context,
      {.summary = "draft an adapter for a table of your own: guesses, and says what it guessed",
       .examples = {"flnas dataset describe mine/table.csv --out mine.json"},
       .next = "flnas dataset check mine --adapter mine.json"},
      describe_new);
  add_command<CheckRequest>(dataset, context,
                            {.summary = "integrity report; exit code 3 where the set cannot be used",
                             .examples = {"flnas dataset check ISIC", "flnas dataset check mine --adapter mine.json"},
                             .next = "flnas dataset split ISIC --out split.json"},
                            check);
  add_command<SplitRequest>(dataset, context,
                            {.summary = "select images and divide them into train, validation and test",
                             .examples = {"flnas dataset split ISIC --out split.json --protocol clean --images 5000",
                                          "flnas dataset split ISIC --out split.json --protocol crossfit --folds 5"},
                             .next = "flnas train MODEL --data ISIC --split split.json --out RUN"},
                            split);
  add_command<NasTableRequest>(dataset, context,
                               {.summary = "train and measure every cell of a small space: a table to search on",
                                .examples = {"flnas dataset nas-table --out tables --free-edges 2 --epochs 3"},
                                .next = "flnas search STRATEGY --space nas_bench_201 --tables tables --out DIR"},
                               make_nas_table);
}

}  // namespace flnas::cli
