#include "searches/spaces/autoformer/transformer_space.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>

#include "harness/base/error.h"
#include "searches/llmnas/coevolution.h"
#include "searches/llmnas/llm_proposer.h"
#include "searches/spaces/autoformer/transformer_operators.h"

namespace {

using namespace flnas;
using namespace flnas::searches;

/// Latency and proxy by formula: both grow with the parameters, and the proxy with heads in the first layers.
SubnetFigures by_formula(const nn::AutoFormer& subnet) {
  const auto parameters = static_cast<double>(nn::parameters_of(subnet, {.classes = 1000, .size = 224})) * 1e-6;
  return {.latency_ms = parameters, .proxies = {{"synflow", parameters + static_cast<double>(subnet.layers[0].heads)}}};
}

/// Answers proposals with random subnets of the whole space, most of them of other niches.
class Answering : public ChatClient {
 public:
  ChatReply ask(const ChatRequest& request) override {
    const auto& space = nn::autoformer_space("autoformer-tiny");
    Random random(request.seed);
    Json children = Json::array();
    for (int i = 0; i < 30; ++i) {
      const auto subnet = random_subnet(space, space.widths[random.below(3)], space.depths[random.below(3)], random);
      children.push_back({{"architecture", subnet_text(subnet)}, {"rationale", "why not"}});
    }
    children.push_back({{"architecture", "192: 9x9"}});
    ChatReply reply;
    reply.text = Json({{"positive", {"wide"}}, {"negative", Json::array()}, {"children", children}}).dump();
    reply.source = reply.model = "scripted";
    return reply;
  }
};

/// Whether the space has it: its JSON form is read strictly.
bool is_legal(const nn::AutoFormer& subnet) {
  try {
    nn::parse_autoformer(nn::to_json(subnet), "subnet");
  } catch (const ConfigError& error) {
    BOOST_TEST_MESSAGE(error.what());
    return false;
  }
  return true;
}

BOOST_AUTO_TEST_SUITE(transformer_space)

BOOST_AUTO_TEST_CASE(operators_stay_in_the_space_and_change_something) {
  Random random(1);
  for (const auto& space : nn::autoformer_spaces()) {
    std::set<std::int64_t> widths, depths;
    for (int i = 0; i < 300; ++i) {
      const auto first = random_subnet(space, space.widths[random.below(3)], space.depths[random.below(3)], random);
      const auto second = random_subnet(space, space.widths[random.below(3)], space.depths[random.below(3)], random);
      const auto child = mutated(first, random), cross = crossed(first, second, random);
      BOOST_TEST_REQUIRE((is_legal(first) && is_legal(child) && is_legal(cross)));
      BOOST_TEST((cross.width == first.width || cross.width == second.width));
      BOOST_TEST((cross.depth() == first.depth() || cross.depth() == second.depth()));
      widths.insert(child.width), depths.insert(child.depth());
    }
    BOOST_TEST(widths.size() == 3u);
    BOOST_TEST(depths.size() == 3u);
  }
}

BOOST_AUTO_TEST_CASE(neighbours_are_one_edit_away) {
  Random random(2);
  const auto& space = nn::autoformer_space("autoformer-small");
  const auto subnet = random_subnet(space, 384, 13, random);
  const auto all = neighbours_of(subnet);
  BOOST_TEST(all.size() == 2 + 13 * (2 + 2) + 2);
  std::set<std::string> texts = {subnet_text(subnet)};
  for (const auto& one : all) {
    BOOST_TEST(is_legal(one));
    BOOST_TEST(texts.insert(subnet_text(one)).second, subnet_text(one));
  }
}

BOOST_AUTO_TEST_CASE(texts_are_read_back_and_bad_ones_refused) {
  const auto& space = nn::autoformer_space("autoformer-tiny");
  const auto subnet = nn::published_autoformers()[0];
  const std::string text = subnet_text(subnet);
  BOOST_TEST(text == "192: 3x3.5 3x3.5 3x3 3x3.5 3x3 3x3 3x4 3x4 3x3.5 3x4 4x3.5 3x4 3x3.5");
  const auto again = read_subnet(text, space);
  BOOST_TEST((again.width == subnet.width && again.layers == subnet.layers));
  for (const char* bad : {"", "192", "192: 3", "192: 3x", "192: 3x3.5x4", "wide: 3x3",
                          "200: 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3", "192: 3x3 3x3",
                          "192: 9x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3 3x3"}) {
    BOOST_CHECK_THROW(read_subnet(bad, space), ConfigError);
  }
}

BOOST_AUTO_TEST_CASE(niches_divide_the_space_by_width_and_depth) {
  Random random(3);
  for (const auto& [partition, count] :
       {std::pair{"width-depth", 9}, std::pair{"width", 3}, std::pair{"depth", 3}, std::pair{"none", 1}}) {
    const TransformerSpace space("autoformer-base", partition, by_formula);
    BOOST_TEST(space.niches() == count);
    for (int niche = 0; niche < count; ++niche) {
      const auto candidate = space.sample(niche, random);
      BOOST_TEST_REQUIRE(candidate.has_value());
      BOOST_TEST(space.niche_of(*candidate) == niche);
      BOOST_TEST(!space.niche_text(niche).empty());
    }
  }
  BOOST_CHECK_THROW(TransformerSpace("autoformer-base", "widht", by_formula), ConfigError);
  BOOST_CHECK_THROW(TransformerSpace("autoformer-huge", "none", by_formula), ConfigError);
}

BOOST_AUTO_TEST_CASE(objectives_are_latency_and_negative_proxies) {
  TransformerSpace space("autoformer-tiny", "none", [](const nn::AutoFormer&) {
    return SubnetFigures{.latency_ms = 2, .proxies = {{"nwot", 5}, {"zen", std::nan("")}}};
  });
  const auto candidate = space.read(subnet_text(nn::published_autoformers()[0]));
  const metrics::Point point = space.objectives(candidate);
  BOOST_TEST(point.size() == 3u);
  BOOST_TEST(point[0] == 2);
  BOOST_TEST(point[1] == -5);
  BOOST_TEST(point[2] > 1e300);
  BOOST_TEST(space.figures(candidate).find("latency 2.00 ms, nwot 5") != std::string::npos);
  BOOST_TEST(space.read(space.text(candidate)) == candidate);
}

// The coevolution of LLM-NAS, as the command runs it without a language model.
BOOST_AUTO_TEST_CASE(coevolution_covers_every_niche_and_repeats_itself) {
  const auto search = [] {
    TransformerSpace space("autoformer-tiny", "width-depth", by_formula);
    llmnas::EvaluationLog log(space, 90);
    llmnas::OperatorProposer proposer(space);
    const auto outcome = llmnas::coevolve(space, log, proposer, 5);
    BOOST_TEST(log.order().size() == 90u);
    for (const auto& archive : outcome.archives) BOOST_TEST(!archive.empty());
    BOOST_TEST(!outcome.merged.empty());
    std::vector<std::string> texts;
    for (const auto candidate : log.order()) texts.push_back(space.text(candidate));
    return texts;
  };
  const auto first = search();
  BOOST_TEST(first == search(), boost::test_tools::per_element());
  BOOST_TEST(std::set<std::string>(first.begin(), first.end()).size() == 90u);
}

BOOST_AUTO_TEST_CASE(somebody_who_answers_in_words_may_propose) {
  std::vector<std::vector<std::string>> searches;
  for (const int at_once : {1, 3}) {
    TransformerSpace space("autoformer-tiny", "width", by_formula);
    llmnas::EvaluationLog log(space, 33);
    Answering chat;
    llmnas::LlmProposer proposer(space, chat, {.seed = 2, .at_once = at_once});
    const auto outcome = llmnas::coevolve(space, log, proposer, 5);
    BOOST_TEST(log.order().size() == 33u);
    BOOST_TEST(log.invalid() > 0);
    BOOST_TEST(proposer.use().calls > 0);
    for (const auto& archive : outcome.archives) BOOST_TEST(!archive.empty());
    searches.emplace_back();
    for (const auto candidate : log.order()) searches.back().push_back(space.text(candidate));
  }
  BOOST_TEST(searches[0] == searches[1], boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
