#include "harness/cli/cmd_search_llmnas.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/text.h"
#include "harness/cli/nas/options.h"
#include "harness/cli/options.h"
#include "harness/cli/search/run.h"
#include "harness/cli/transformers/options.h"
#include "harness/nn/autoformer/autoformer.h"

namespace flnas::cli {
namespace {

constexpr char kCells[] = "nas-bench-201", kCnn[] = "cnn", kTransformers[] = "autoformer-...";

std::vector<std::string> spaces() {
  std::vector<std::string> names = {kCells, kCnn};
  for (const auto& space : nn::autoformer_spaces()) names.push_back(space.name);
  return names;
}

/// One command for three kinds of spaces: cells on tables, FL-NAS's designs on images, and vision transformers. Flags
/// that more than one of them reads are in `images`, but for these two.
struct LlmNasArguments {
  std::string space;
  NasSearchRequest tables;
  SearchRequest images;
  TransformerSearchRequest transformers;
  std::int64_t budget = 0;
  int calls = NasSearchRequest{}.calls;
  std::string designer = "none";
  std::string niches;
  bool json = false;
  CLI::App* command = nullptr;

  bool has(const std::string& flag) const { return command->get_option("--" + flag)->count() > 0; }
  /// The value of a flag that was given.
  template <class From, class To>
  void take(const std::string& flag, const From& from, To& to) const {
    if (has(flag)) to = from;
  }
};

/// The kinds of spaces that read a flag.
std::set<std::string> readers(const std::string& flag) {
  static const std::map<std::string, std::set<std::string>> kReaders = {
      {"tables", {kCells}},
      {"dataset", {kCells}},
      {"strategy", {kCells}},
      {"cost", {kCells}},
      {"predictor-cells", {kCells}},
      {"seeds", {kCells}},
      {"jobs", {kCells}},
      {"device", {kCells, kCnn}},
      {"budget", {kCells, kTransformers}},
      {"calls", {kCells, kTransformers}},
      {"proxies", {kTransformers}},
      {"proxy-batch", {kTransformers}},
      {"classes", {kTransformers}},
      {"seconds", {kTransformers}},
      {"accuracies", {kTransformers}},
      {"target", {kCnn, kTransformers}},
      {"size", {kCnn, kTransformers}},
      {"batch", {kCnn, kTransformers}},
      {"threads", {kCnn, kTransformers}},
  };
  static const std::set<std::string> kAll = {"help", "space", "out",    "niches", "designer",
                                             "seed", "json",  "record", "replay", "attempts"};
  if (const auto found = kReaders.find(flag); found != kReaders.end()) return found->second;
  if (kAll.contains(flag) || flag.rfind("llm-", 0) == 0) return {kCells, kCnn, kTransformers};
  return {kCnn};
}

/// Throws ConfigError for a flag that was given and that this kind of search does not read.
void refuse_idle_flags(const LlmNasArguments& arguments, const std::string& kind) {
  for (const CLI::Option* option : arguments.command->get_options()) {
    if (option->count() == 0 || option->get_lnames().empty()) continue;
    const std::string& flag = option->get_lnames()[0];
    const auto kinds = readers(flag);
    if (kinds.contains(kind)) continue;
    throw ConfigError(
        fmt::format("--{} is for --space {}, and this one is {}", flag, fmt::join(kinds, " and "), arguments.space));
  }
}

void run_on_tables(const LlmNasArguments& arguments, int& exit_code) {
  NasSearchRequest request = arguments.tables;
  const SearchRequest& shared = arguments.images;
  request.out = shared.out;
  request.seed = shared.train.seed;
  request.designer = arguments.designer;
  request.niches = arguments.niches;
  request.chat = shared.chat;
  request.calls = arguments.calls;
  arguments.take("budget", arguments.budget, request.budget);
  arguments.take("attempts", shared.search.attempts, request.attempts);
  if (arguments.has("device")) request.devices = split(shared.train.device, ',');
  request.command = table_search_command(request);
  const NasSearchRecord record = run_nas_search(request);
  fmt::print("{}", arguments.json ? record_to_json(record).dump() + "\n" : nas_search_text(record));
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.status == kPassed) continue;
      fmt::print(stderr, "error: {} on {}, {}, seed {}: {}\n", pair.dataset, pair.device, search.strategy, search.seed,
                 search.reason);
      exit_code = 1;
    }
  }
}

/// "macs:4"
int macs_niches_asked(const std::string& text) {
  constexpr std::string_view kMacs = "macs:";
  if (text.empty()) return kUsualNiches;
  int count = 0;
  const char* end = text.data() + text.size();
  const bool read = text.rfind(kMacs, 0) == 0 && std::from_chars(text.data() + kMacs.size(), end, count).ptr == end;
  if (!read || count < 1) throw ConfigError(unknown_name("--niches", text, {"macs:4"}));
  return count;
}

void run_on_images(const LlmNasArguments& arguments, int& exit_code) {
  if (arguments.images.data.folder.empty() || arguments.images.data.split.empty()) {
    throw ConfigError("--space cnn needs --data DIR, and --split FILE, which `flnas dataset split` writes");
  }
  SearchRequest request = arguments.images;
  request.niches = macs_niches_asked(arguments.niches);
  if (arguments.designer != "none") request.chat.require_for(arguments.designer);
  std::vector<std::string> words = {"flnas", "search", "llmnas"};
  if (arguments.designer != "none") words.insert(words.end(), {"--designer", arguments.designer});
  if (!arguments.niches.empty()) words.insert(words.end(), {"--niches", arguments.niches});
  for (auto& flag : image_search_flags(request)) words.push_back(std::move(flag));
  request.command = command_line(words);
  run_image_search(request, arguments.designer == "none" ? "niches" : arguments.designer, arguments.json, exit_code);
}

void run_on_transformers(const LlmNasArguments& arguments) {
  TransformerSearchRequest request = arguments.transformers;
  const SearchRequest& shared = arguments.images;
  request.space = arguments.space;
  request.out = shared.out;
  request.seed = shared.train.seed;
  request.designer = arguments.designer;
  request.chat = shared.chat;
  request.calls = arguments.calls;
  arguments.take("niches", arguments.niches, request.partition);
  arguments.take("budget", arguments.budget, request.budget);
  arguments.take("attempts", shared.search.attempts, request.attempts);
  arguments.take("target", shared.target, request.target);
  arguments.take("size", shared.train.size, request.options.size);
  arguments.take("batch", shared.train.batch, request.batch);
  arguments.take("threads", shared.train.threads, request.threads);
  request.command = transformer_search_command(request);
  const Json record = run_transformer_search(request);
  fmt::print("{}", arguments.json ? record.dump(2) + "\n" : transformer_search_text(record));
}

void run(const LlmNasArguments& given, int& exit_code) {
  LlmNasArguments arguments = given;
  find_name("designer", arguments.designer, {"none", "llm", "file", "replay"});
  const bool tables = arguments.has("tables"), images = arguments.has("data");
  if (arguments.space.empty() && tables != images) arguments.space = tables ? kCells : kCnn;
  if (arguments.space.empty()) {
    throw ConfigError(fmt::format(
        "what is to be searched? Give either --tables DIR (NAS-Bench-201), --data DIR with --split FILE (images), or "
        "--space {} (vision transformers)",
        nn::autoformer_spaces()[0].name));
  }
  find_name("space", arguments.space, spaces());
  const bool cells = arguments.space == kCells, cnn = arguments.space == kCnn;
  refuse_idle_flags(arguments, cells ? kCells : cnn ? kCnn : kTransformers);
  if (cells && !tables) {
    throw ConfigError("--space nas-bench-201 needs --tables DIR; datasets/nas/README.md says where to get them");
  }
  if (cells) return run_on_tables(arguments, exit_code);
  if (cnn) return run_on_images(arguments, exit_code);
  run_on_transformers(arguments);
}

}  // namespace

void add_search_llmnas(CLI::App& search, int& exit_code) {
  auto* command = search.add_subcommand(
      "llmnas", "partitioned co-evolution on NAS-Bench-201's tables, on images, or on spaces of vision transformers");
  auto arguments = std::make_shared<LlmNasArguments>();
  arguments->command = command;
  command->add_option("--space", arguments->space,
                      fmt::format("{} (default: as --tables or --data say)", fmt::join(spaces(), ", ")));
  command->add_option("--out", arguments->images.out, "folder of the search; the same command continues there")
      ->required();
  command->add_option("--niches", arguments->niches,
                      "parts of the space; tables: convolutions (the paper's six), convolutions:N, none, random:N, "
                      "latency:N or PROXY:N such as flops_M:6; images: macs:N (default: macs:4); transformers: "
                      "width-depth (default), width, depth or none");
  command
      ->add_option("--designer", arguments->designer,
                   "who answers in a language model's place: none, llm (a server), file (a person) or replay")
      ->capture_default_str();
  command->add_option("--budget", arguments->budget,
                      fmt::format("distinct valid candidates of one search; tables: {}, transformers: {}",
                                  NasSearchRequest{}.budget, TransformerSearchRequest{}.budget));
  command->add_option("--calls", arguments->calls, "questions under way at once; not on images")->capture_default_str();
  add_table_options(*command, arguments->tables);
  add_transformer_options(*command, arguments->transformers);
  add_image_search_options(*command, arguments->images, /*required=*/false);
  command->get_option("--device")->description("tables: devices A,B,... (default: all); images: auto, cpu or cuda");
  command->get_option("--size")->description("images: side of the square input in pixels; transformers: the same, 224");
  command->get_option("--batch")->description("images: images per step; transformers: images of a latency, 1");
  add_chat_options(*command, arguments->images.chat);
  command->add_option("--prompt", arguments->images.prompt,
                      "images: template of the prompt (default: searches/llm/prompts/design.txt)");
  command->add_flag("--json", arguments->json, "print the record");
  command->callback([arguments, &exit_code] { run(*arguments, exit_code); });
}

}  // namespace flnas::cli
