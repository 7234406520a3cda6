#include <fmt/format.h>

#include <string>

#include "datasets/adapters/adapter_files.h"
#include "datasets/adapters/describe.h"
#include "datasets/fetch/fetch.h"
#include "datasets/images/alike.h"
#include "datasets/images/check.h"
#include "datasets/splits/split.h"
#include "datasets/splits/split_text.h"
#include "datasets/synthetic/synth.h"
#include "datasets/tables/table.h"
#include "datasets/tabular/check.h"
#include "datasets/tabular/synth.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/names.h"
#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "searches/spaces/nas_bench_201/miniature/miniature.h"

namespace flnas::cli {
namespace {

namespace fs = std::filesystem;

struct SynthRequest {
  static constexpr char kCommand[] = "flnas dataset synth";
  std::filesystem::path out;
  std::string kind = "images";
  SynthConfig synth;
  unsigned threads = 0;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("out", self.out, "new folder", {.value = "DIR", .required = true});
    visit("kind", self.kind, "drawn lesions, or a table of drawn people with a known bias (--images: its rows)",
          {.value = "images|table"});
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
    visit("name", self.name, "data set: a known name (isic2019, compas) or an adapter .json",
          {.value = "NAME|FILE", .positional = true, .required = true});
    visit("out", self.out, "folder to fill", {.value = "DIR", .required = true});
    visit("url", self.url, "base address of a mirror", {.value = "URL"});
    visit("keep_archive", self.keep_archive, "keep the zip file after unpacking");
  }
};

struct CheckRequest {
  static constexpr char kCommand[] = "flnas dataset check";
  std::filesystem::path folder;
  std::string adapter;
  unsigned threads = 0;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("folder", self.folder, "folder with the images and their tables",
          {.value = "DIR", .positional = true, .required = true});
    visit("adapter", self.adapter, adapter_help(), {.value = "NAME|FILE"});
    visit("threads", self.threads, "threads; 0: all cores", {.value = "N"});
  }
};

struct SplitRequest {
  static constexpr char kCommand[] = "flnas dataset split";
  std::filesystem::path folder, out;
  SplitConfig split;
  std::string adapter;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("folder", self.folder, "folder with the tables; images are not needed",
          {.value = "DIR", .positional = true, .required = true});
    visit("out", self.out, "split file to write", {.value = "FILE", .required = true});
    SplitConfig::for_each_field(self.split, visit);
    visit("adapter", self.adapter, adapter_help(), {.value = "NAME|FILE"});
  }
};

struct DescribeRequest {
  static constexpr char kCommand[] = "flnas dataset describe";
  fs::path table, images, out;
  std::string label, unit;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("table", self.table, "CSV with a row for each image: its file, its label, what is known of the person",
          {.value = "TABLE.csv", .positional = true, .required = true});
    visit("images", self.images, "folder with the images (default: the one beside the table that holds most)",
          {.value = "DIR"});
    visit("label", self.label, "column of the classes (default: as names and contents say)", {.value = "COLUMN"});
    visit("unit", self.unit, "column of the person or lesion whose images stay together (default: as names say)",
          {.value = "COLUMN"});
    visit("out", self.out,
          "adapter to write; as adapter.json beside the table it is found there (default: to the terminal)",
          {.value = "FILE"});
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

/// "--adapter mine.json " where one was given.
std::string adapter_words(const std::string& adapter) {
  return adapter.empty() ? "" : "--adapter " + shell_quote(adapter) + " ";
}

void synth(const SynthRequest& request) {
  find_name("kind", request.kind, {"images", "table"});
  if (request.kind == "table") {
    const bool drawn = write_synthetic_table(request.out, {.rows = request.synth.images, .seed = request.synth.seed});
    fmt::print("{}: {} drawn people{}\n", request.out.string(), request.synth.images, drawn ? "" : " (already there)");
    return print_next("flnas reproduce --data " + shell_quote(request.out.string()) + " --out out");
  }
  const bool written = write_synthetic(request.out, request.synth, request.threads);
  fmt::print("{}: {} synthetic images of {} px{}\n", request.out.string(), request.synth.images, request.synth.size,
             written ? "" : " (already there)");
  print_next(fmt::format("flnas dataset split {} --out split.json", shell_quote(request.out.string())));
}

void fetch(const FetchRequest& request) {
  const Adapter adapter = load_adapter(request.name);
  const FetchConfig config{.out = request.out, .url = request.url, .keep_archive = request.keep_archive, .retry = {}};
  fetch_dataset(adapter, config, [](const std::string& line) { fmt::print(stderr, "{}\n", line); });
  fmt::print("{}: complete\n", request.out.string());
  print_next("flnas dataset check " + shell_quote(request.out.string()));
}

constexpr std::size_t kMostProblems = 5;  ///< of a kind; --json has all

int check(const CheckRequest& request, const Output& output) {
  const Table table = read_table(request.folder, load_adapter(request.adapter, request.folder), BadRows::kCollect);
  const CheckReport report = table.adapter.is_table() ? check_table(table) : check_dataset(table, request.threads);
  fmt::print(
      "{}", output.json ? report_to_json(report).dump(2) + "\n" : report_to_text(report, kMostProblems, output.tables));
  if (!output.json && report.usable()) {
    print_next(fmt::format("flnas dataset split {} {}--out split.json", shell_quote(request.folder.string()),
                           adapter_words(request.adapter)));
  }
  return report.usable() ? 0 : 3;
}

void split(const SplitRequest& request, const Output& output) {
  const Table table = read_table(request.folder, load_adapter(request.adapter, request.folder));
  const Split made =
      make_split(table, request.split, [](const Table& all, const RowIndices& rows) { return find_alike(all, rows); });
  const Json json = split_to_json(made);
  write_json(request.out, json);
  if (output.json) {
    fmt::print("{}\n", json.dump(2));
    return;
  }
  fmt::print("{}", split_text(table, made, output.tables));
  for (const auto& note : made.notes) fmt::print(stderr, "note: {}\n", wrap(note, 6, 2));
  const auto wanted = static_cast<std::size_t>(request.split.images);
  if (wanted > 0 && wanted < table.rows.size()) {
    fmt::print(stderr, "note: {} of {} {}s were selected; --images 0 takes all\n", with_thousands(request.split.images),
               with_thousands(static_cast<long long>(table.rows.size())), table.adapter.example);
  }
  print_next(fmt::format("flnas train MODEL --data {} {}--split {} --out RUN{}", shell_quote(request.folder.string()),
                         adapter_words(request.adapter), shell_quote(request.out.string()),
                         made.folds.empty() ? "" : " --fold 1"));
}

void describe_new(const DescribeRequest& request) {
  const AdapterDraft draft = describe_table(request.table, request.images, {request.label, request.unit});
  for (const auto& note : draft.notes) fmt::print(stderr, "note: {}\n", note);
  if (request.out.empty()) {
    fmt::print("{}", draft_text(draft.adapter));
    print_next(fmt::format("flnas dataset describe {} --out {}", shell_quote(request.table.string()),
                           shell_quote((request.table.parent_path() / kAdapterFile).string())));
    return;
  }
  if (std::filesystem::exists(request.out)) {
    throw ConfigError(fmt::format("{}: is there already; delete it, or name another --out", request.out.string()));
  }
  write_file(request.out, draft_text(draft.adapter));
  fmt::print("{}: a draft; read it, and correct what was guessed wrong\n", request.out.string());
  const fs::path folder = request.table.has_parent_path() ? request.table.parent_path() : fs::path(".");
  const bool found = request.out.lexically_normal() == (folder / kAdapterFile).lexically_normal();
  print_next(fmt::format("flnas dataset check {}{}", shell_quote(folder.string()),
                         found ? "" : " --adapter " + shell_quote(request.out.string())));
}

void make_nas_table(const NasTableRequest& request) {
  searches::write_nas_miniature(request.out, request.table, command_of(request));
  fmt::print("{}: tables of every cell\n", request.out.string());
  print_next("flnas search evolution --tables " + shell_quote(request.out.string()) + " --out DIR");
}

}  // namespace

void add_dataset(CLI::App& app, Context& context) {
  CLI::App& dataset = *app.add_subcommand("dataset");
  set_help(dataset, {.summary = "draw, fetch, describe, check and split data sets: images or tables",
                     .examples = {"flnas dataset synth --out data", "flnas dataset split data --out split.json"},
                     .next = "flnas train MODEL --data data --split split.json --out RUN",
                     .group = kData});
  dataset.require_subcommand(1);
  add_command<SynthRequest>(dataset, context,
                            {.summary = "draw synthetic lesions in the ISIC 2019 layout, or a table of people",
                             .examples = {"flnas dataset synth --out data --images 1200 --size 64",
                                          "flnas dataset synth --out people --kind table --images 5000"},
                             .next = "flnas dataset split data --out split.json"},
                            synth);
  add_command<FetchRequest>(
      dataset, context,
      {.summary = "download the official files; continues where it was stopped",
       .examples = {"flnas dataset fetch isic2019 --out ISIC", "flnas dataset fetch compas --out COMPAS"},
       .next = "flnas dataset check ISIC"},
      fetch);
  add_command<DescribeRequest>(
      dataset, context,
      {.summary = "draft an adapter for a table of your own: guesses, and says what it guessed",
       .examples = {"flnas dataset describe mine/table.csv --out mine/adapter.json",
                    "flnas dataset describe mine/table.csv --label finding --images mine/photos \\\n"
                    "      --out mine.json"},
       .next = "flnas dataset check mine, with --adapter mine.json where it is elsewhere"},
      describe_new);
  add_command<CheckRequest>(dataset, context,
                            {.summary = "integrity report; exit code 3 where the set cannot be used",
                             .examples = {"flnas dataset check ISIC", "flnas dataset check mine --adapter mine.json",
                                          "flnas dataset check folder-of-class-folders"},
                             .next = "flnas dataset split ISIC --out split.json",
                             .tables = true},
                            check);
  add_command<SplitRequest>(dataset, context,
                            {.summary = "select images and divide them into train, validation and test",
                             .examples = {"flnas dataset split ISIC --out split.json --protocol clean --images 5000",
                                          "flnas dataset split ISIC --out split.json --protocol crossfit --folds 5"},
                             .next = "flnas train MODEL --data ISIC --split split.json --out RUN",
                             .tables = true},
                            split);
  add_command<NasTableRequest>(dataset, context,
                               {.summary = "train and measure every cell of a small space: a table to search on",
                                .examples = {"flnas dataset nas-table --out tables --free-edges 2 --epochs 3"},
                                .next = "flnas search STRATEGY --space nas_bench_201 --tables tables --out DIR"},
                               make_nas_table);
}

}  // namespace flnas::cli
