#include "tests/fuzz/reply_properties.h"

#include <fmt/format.h>

#include <stdexcept>

#include "harness/base/text.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "searches/llm/reply/read_reply.h"
#include "searches/spaces/cnn/cnn_space.h"

namespace flnas::test {
namespace {

constexpr nn::ModelOptions kOptions{.classes = 2, .size = 64};

void require(bool kept, std::string_view promise) {
  if (!kept) throw std::logic_error(std::string(promise));
}

void check_lines(const std::vector<std::string>& lines) {
  for (const auto& line : lines) {
    require(!line.empty() && is_utf8(line) && line.find('\n') == line.npos, "a problem is one line of UTF-8: " + line);
  }
}

}  // namespace

void check_reply(std::string_view text) {
  static const searches::CnnDefinition definition = searches::load_cnn();
  const searches::CnnSpace space(definition, kOptions, 8);
  const auto reply = searches::read_reply(text, kOptions);
  require(reply.architecture.has_value() == reply.problems.empty(), "an architecture or problems");
  check_lines(reply.problems);
  if (!reply.architecture) return;
  const auto found = space.parse(*reply.architecture);
  require(found.candidate.has_value() == found.problems.empty(), "a member or problems");
  check_lines(found.problems);
  if (!found.candidate) return;
  check_lines(space.violations(*found.candidate));
  const auto cost = space.cost(*found.candidate);
  if (cost.parameters == 0) return;  // the shapes do not fit
  const std::string source = nn::pytorch_source(space.architecture(*found.candidate), kOptions);
  const auto again = searches::read_reply(source, kOptions);
  require(again.architecture.has_value(), "what flnas writes it can read: " + source);
  const auto same = space.cost(*space.parse(*again.architecture).candidate);
  require(same.parameters == cost.parameters && same.macs == cost.macs,
          "the network that was read back is the same: " + source);
}

}  // namespace flnas::test
