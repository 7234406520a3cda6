// The committed recording, and the scripted server that makes it.
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "harness/base/files.h"
#include "harness/base/text.h"
#include "searches/core/search.h"
#include "searches/llm/chat/http_chat.h"
#include "searches/llm/chat/recording.h"
#include "searches/spaces/cnn/cnn_words.h"
#include "searches/strategies/strategies.h"
#include "searches/training/prompt_values.h"
#include "tests/searches/fixture.h"
#include "tests/support/paths.h"
#include "tests/support/raw_server.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
namespace fs = std::filesystem;

const fs::path kRecordings = fs::path(tests::tests_dir()) / "../searches/llm/recordings";
constexpr int kDesigns = 5;

/// What the server says, in order.
const std::vector<std::string> kReplies = {
    // A design in prose and fences.
    R"(A narrow network first, to see what it lacks.

```json
{"stages": [{"channels": 16, "norm": "batch", "pooling": "max"}, {"channels": 32, "norm": "batch", "pooling": "max"},
            {"channels": 64, "norm": "batch", "pooling": "max"}],
 "head": {"reduce": "global_average"}}
```)",
    // No design, then a width that is not among the choices, then it is put right.
    "I would rather talk about widths than give a design.",
    R"({"stages": [{"channels": 12, "norm": "batch", "pooling": "max"}, {"channels": 48, "norm": "group", "pooling": "max"}]})",
    R"({"stages": [{"channels": 16, "norm": "batch", "pooling": "max"}, {"channels": 48, "norm": "group", "pooling": "max"}],
 "head": {"reduce": "global_average", "hidden": [64], "activation": "silu"}})",
    // PyTorch.
    R"(model = nn.Sequential(
    nn.Conv2d(3, 24, kernel_size=5, stride=2, padding=2), nn.BatchNorm2d(24), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(24, 24, 3, padding=1, groups=24), nn.BatchNorm2d(24), nn.ReLU(),
    nn.Conv2d(24, 96, 1), nn.BatchNorm2d(96), nn.ReLU(),
    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(96, num_classes)))",
    // The first design again, then residual stages.
    R"({"stages": [{"channels": 16, "norm": "batch", "pooling": "max"}, {"channels": 32, "norm": "batch", "pooling": "max"},
            {"channels": 64, "norm": "batch", "pooling": "max"}], "head": {"reduce": "global_average"}})",
    R"({"stages": [{"channels": 16, "norm": "batch", "pooling": "max"}, {"channels": 32, "norm": "batch", "form": "residual"},
            {"channels": 64, "norm": "batch", "form": "residual", "stride": 2}], "head": {"reduce": "global_average", "dropout": 0.2}})",
    // The last one, inside another object.
    R"({"reason": "small and regularised", "design": {"stages": [{"channels": 32, "norm": "layer", "pooling": "average",
  "dropout": 0.1}, {"channels": 64, "norm": "layer", "pooling": "average", "dropout": 0.1}], "head": {"reduce": "global_average"}}})"};

struct Loop {
  test::TemporaryFolder folder;
  CnnSpace space = cnn_space(32);
  FormulaEvaluator evaluator{space};

  History search(ChatClient& chat) {
    const PromptSetting setting{.data = "d",
                                .classes = {"a", "b"},
                                .size = 32,
                                .device = "host",
                                .space = cnn_words(space.definition(), space.options()),
                                .rule = {},
                                .parts = {}};
    const LlmSettings settings{.model = "scripted"};
    LlmCaller llm(chat, settings, 1);
    const auto strategy = make_flnas(
        {.space = space,
         .evaluator = evaluator,
         .budget = kDesigns,
         .seed = 1,
         .latency_limit_us = {},
         .llm = &llm,
         .llm_settings = settings,
         .question = [setting, prompt = PromptTemplate::load(kRecordings / "scripted.prompt.txt")](const Turn& turn) {
           return prompt.fill(prompt_values(setting, turn.archive.history()));
         }});
    Archive archive(folder / "archive.jsonl");
    run_search(*strategy, space, evaluator, archive, {.budget = kDesigns});
    return archive.history();
  }
};

void check_search(const History& history) {
  const SearchCounts counts = count(history);
  BOOST_TEST(counts.evaluated == kDesigns);
  BOOST_TEST(counts.unreadable == 1);
  BOOST_TEST(counts.invalid == 1);
  BOOST_TEST(counts.repeated == 1);
}

/// Without what the clock says.
std::string timeless(const fs::path& file) {
  std::string text;
  for (const auto& line : split(read_file(file), '\n')) {
    if (line.empty()) continue;
    Json json = Json::parse(line);
    json.erase("time");
    json["reply"].erase("seconds");
    text += json.dump() + "\n";
  }
  return text;
}

BOOST_FIXTURE_TEST_SUITE(scripted_recording, Loop)

BOOST_AUTO_TEST_CASE(a_scripted_server_makes_the_committed_recording) {
  test::RawServer server([](const std::string&, int number) {
    const Json json = {{"model", "scripted"},
                       {"choices", {{{"message", {{"content", kReplies.at(static_cast<std::size_t>(number))}}}}}}};
    return test::answer(200, json.dump());
  });
  HttpChatOptions http;
  http.url = server.url();
  const auto chat = make_http_chat(http);
  const auto recorder = make_recording_chat(*chat, folder / "recording.jsonl");
  check_search(search(*recorder));
  BOOST_TEST(server.requests().size() == kReplies.size());
  for (const auto& exchange : read_recording(folder / "recording.jsonl"))
    BOOST_TEST(exchange.reply.source == "scripted");
  if (std::getenv("FLNAS_WRITE_RECORDING") != nullptr) {
    write_file(kRecordings / "scripted.jsonl", read_file(folder / "recording.jsonl"));
  }
  BOOST_TEST(timeless(folder / "recording.jsonl") == timeless(kRecordings / "scripted.jsonl"));
}

BOOST_AUTO_TEST_CASE(the_committed_recording_drives_a_search) {
  const auto replay = make_replay_chat(kRecordings / "scripted.jsonl");
  check_search(search(*replay));
  BOOST_TEST(evaluator.calls == kDesigns);
}

BOOST_AUTO_TEST_CASE(a_killed_replay_continues) {
  evaluator.throw_at = 3;
  BOOST_CHECK_THROW(search(*make_replay_chat(kRecordings / "scripted.jsonl")), IoError);
  evaluator.throw_at = 0;
  check_search(search(*make_replay_chat(kRecordings / "scripted.jsonl")));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
