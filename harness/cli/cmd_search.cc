#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <memory>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/cli/cmd_search_llmnas.h"
#include "harness/cli/commands.h"
#include "harness/cli/options.h"
#include "harness/cli/search/run.h"
#include "harness/records/digest.h"
#include "searches/core/summary.h"

namespace flnas::cli {
namespace {

namespace fs = std::filesystem;

struct SearchArguments {
  std::string strategy;                ///< the subcommand
  std::string designer = "llm";        ///< of `flnas search flnas`
  std::vector<std::string> designers;  ///< of `flnas search compare`
  bool ablate = false;                 ///< `flnas search flnas` with parts of the prompt removed
  int seeds = 3;                       ///< of these two
  SearchRequest request;
  bool json = false;
  const CLI::App* command = nullptr;
};

std::string repeat(const SearchArguments& arguments) {
  const SearchRequest& request = arguments.request;
  std::vector<std::string> words = {"flnas", "search", arguments.strategy};
  const auto add = [&](const char* flag, const std::string& value, const std::string& unchanged = "") {
    if (value != unchanged) words.insert(words.end(), {flag, value});
  };
  if (arguments.strategy == "flnas") add("--designer", arguments.designer);
  if (arguments.ablate) words.emplace_back("--ablate");
  if (arguments.strategy == "compare") add("--designers", fmt::format("{}", fmt::join(arguments.designers, ",")));
  if (arguments.strategy == "compare" || arguments.ablate) add("--seeds", fmt::format("{}", arguments.seeds));
  for (auto& flag : image_search_flags(request)) words.push_back(std::move(flag));
  return command_line(words);
}

/// Throws ConfigError for a flag that was given and that none of the search's designers reads.
void refuse_idle_flags(const SearchArguments& arguments, const std::vector<std::string>& designers) {
  const auto refuse = [&](std::initializer_list<const char*> flags, const std::string& users) {
    for (const char* flag : flags) {
      const CLI::Option* option = arguments.command->get_option_no_throw(flag);
      if (option == nullptr || option->count() == 0) continue;
      throw ConfigError(fmt::format("{} is for {}, not for {}", flag, users, fmt::join(designers, ", ")));
    }
  };
  const auto has = [&](const char* name) {
    return std::find(designers.begin(), designers.end(), name) != designers.end();
  };
  if (!has("fahana")) refuse({"--frozen-head"}, "designer fahana");
  if (!has("llm")) {
    refuse({"--llm-url", "--llm-model", "--llm-temperature", "--llm-max-tokens", "--llm-timeout", "--llm-prices"},
           "designer llm");
  }
  if (!has("llm") && !has("file")) refuse({"--record"}, "designers llm and file");
  if (!has("replay")) refuse({"--replay"}, "designer replay");
  if (std::none_of(designers.begin(), designers.end(), needs_chat)) {
    refuse({"--prompt", "--attempts"}, "designers llm, file and replay");
  }
  const bool repeats = arguments.ablate || arguments.strategy == "compare";
  const CLI::Option* seeds = arguments.command->get_option_no_throw("--seeds");
  if (!repeats && seeds != nullptr && seeds->count() > 0) {
    throw ConfigError("--seeds is for --ablate and `flnas search compare`; one search has --seed");
  }
}

void run_one(const SearchArguments& arguments, int& exit_code) {
  const std::string designer = arguments.strategy == "flnas" ? arguments.designer : arguments.strategy;
  refuse_idle_flags(arguments, {designer});
  run_image_search(arguments.request, designer, arguments.json, exit_code);
}

/// All arms with all seeds, and the table that compares them.
void run_arms(const SearchArguments& arguments, const std::vector<SearchArm>& arms, int& exit_code) {
  const SearchRequest& request = arguments.request;
  const SearchSession session(request);
  session.require_chats(arms);
  std::vector<searches::Arm> done;
  bool unanswered = false;
  for (int i = 0; i < arguments.seeds; ++i) {
    const std::uint64_t seed = request.train.seed + static_cast<std::uint64_t>(i);
    const fs::path folder = request.out / fmt::format("seed-{}", seed);
    const auto evaluator = session.evaluator(folder, seed);
    for (SearchArm arm : arms) {
      arm.seed = seed;
      arm.folder = folder / arm.name;
      // An arm whose designer nobody answers leaves the others theirs.
      const auto [record, failure] = session.run(arm, *evaluator);
      if (!is_complete(fmt::format("{}, seed {}", arm.name, seed), record)) exit_code = 1;
      unanswered |= failure != nullptr;
      const bool reported = record.contains("reported") && !record["reported"].empty();
      done.push_back({.name = arm.name,
                      .seed = seed,
                      .history = searches::Archive(arm.folder / "archive.jsonl").history(),
                      .test = reported ? record["reported"][0]["test"] : Json(nullptr),
                      .finished = record["status"] == "finished",
                      .reason = record["reason"].get<std::string>(),
                      .asks = needs_chat(arm.designer)});
    }
  }
  Json comparison = {{"schema", kRecordSchema}, {"kind", "comparison"}, {"command", request.command}};
  comparison.update(searches::compare(done, session.rule()));
  write_with_digest(request.out / "comparison.json", comparison);
  fmt::print("{}", arguments.json ? comparison.dump(2) + "\n" : searches::comparison_text(comparison));
  if (unanswered) fmt::print(stderr, "the same command continues the searches whose designer nobody answered\n");
}

SearchArm make_arm(const std::string& name, const std::string& designer) {
  SearchArm arm;
  arm.name = name;
  arm.designer = designer;
  return arm;
}

/// The prompt as it is, and without one part each; fairness at two lower levels of detail.
std::vector<SearchArm> ablation(const std::string& designer) {
  std::vector<SearchArm> arms;
  for (const char* name :
       {"full", "brief-fairness", "no-fairness", "no-hardware", "no-metrics", "no-groups", "no-history"}) {
    arms.push_back(make_arm(name, designer));
  }
  arms[1].parts.fairness = "brief";
  arms[2].parts.fairness = "none";
  arms[3].parts.hardware = false;
  arms[4].parts.metrics = false;
  arms[5].parts.groups = false;
  arms[6].parts.history = false;
  return arms;
}

void run(const SearchArguments& given, int& exit_code) {
  SearchArguments arguments = given;
  arguments.request.command = repeat(arguments);
  if (arguments.strategy == "flnas") {
    find_name("designer", arguments.designer, designer_names());
    arguments.request.chat.require_for(arguments.designer);
  }
  if (arguments.ablate) {
    if (!needs_chat(arguments.designer)) {
      throw ConfigError(
          fmt::format("--ablate: designer {} reads no prompt; take llm, file or replay", arguments.designer));
    }
    refuse_idle_flags(arguments, {arguments.designer});
    return run_arms(arguments, ablation(arguments.designer), exit_code);
  }
  if (arguments.strategy != "compare") return run_one(arguments, exit_code);
  std::vector<SearchArm> arms;
  for (const auto& name : arguments.designers) {
    find_name("designer", name, designer_names());
    if (needs_chat(name)) arguments.request.chat.require_for(name);
    arms.push_back(make_arm(name, name));
  }
  refuse_idle_flags(arguments, arguments.designers);
  run_arms(arguments, arms, exit_code);
}

void add_strategy(CLI::App& search, const std::string& name, const std::string& help, int& exit_code) {
  auto* command = search.add_subcommand(name, help);
  auto arguments = std::make_shared<SearchArguments>();
  arguments->strategy = name;
  arguments->command = command;
  SearchRequest& request = arguments->request;
  command->add_option("--out", request.out, "the search's folder")->required();
  add_image_search_options(*command, request, /*required=*/true);
  if (name == "flnas") {
    command
        ->add_option(
            "--designer", arguments->designer,
            "who proposes: llm (a server), file (a person), replay (a recording), evolution, random, fahana or niches")
        ->capture_default_str();
    command->add_flag("--ablate", arguments->ablate, "repeat with parts of the prompt removed, and compare");
  }
  if (name == "flnas" || name == "compare") {
    command->add_option("--seeds", arguments->seeds, "searches of each arm of a comparison or ablation, from --seed on")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    add_chat_options(*command, request.chat);
    command->add_option("--prompt", request.prompt,
                        "template of the prompt (default: searches/llm/prompts/design.txt)");
  }
  if (name == "compare") {
    arguments->designers = {"evolution", "random", "fahana"};
    command->add_option("--designers", arguments->designers, "to be compared, the first being what others differ from")
        ->delimiter(',')
        ->capture_default_str();
  }
  if (name == "flnas" || name == "fahana") {
    command
        ->add_option("--frozen-head", request.frozen_head,
                     "fahana: stages of the trained template that every design begins with, frozen")
        ->capture_default_str();
  }
  command->add_flag("--json", arguments->json, "print the record");
  command->callback([arguments, &exit_code] { run(*arguments, exit_code); });
}

}  // namespace

void add_search(CLI::App& app, int& exit_code) {
  auto* search = app.add_subcommand("search", "search for fair, small networks");
  search->require_subcommand(1);
  add_strategy(*search, "flnas", "FL-NAS's loop with the designer of your choice", exit_code);
  add_strategy(*search, "evolution", "the same loop with regularised evolution", exit_code);
  add_strategy(*search, "random", "the same loop with random designs", exit_code);
  add_strategy(*search, "fahana", "the same loop with a FaHaNa-like REINFORCE controller", exit_code);
  add_search_llmnas(*search, exit_code);
  add_strategy(*search, "compare", "several designers at equal budget, over seeds", exit_code);
}

}  // namespace flnas::cli
