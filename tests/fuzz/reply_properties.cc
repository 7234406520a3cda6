#include "tests/fuzz/reply_properties.h"

#include <fmt/format.h>

#include <stdexcept>

#include "harness/base/text.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "searches/llm/reply/read_reply.h"
#include "searches/spaces/cnn/validator.h"

namespace flnas::test {
namespace {

using searches::Validator;

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
  static const Validator validator(searches::load_space(), kOptions, 8);
  const auto reply = searches::read_reply(text, kOptions);
  require(reply.architecture.has_value() == reply.problems.empty(), "an architecture or problems");
  check_lines(reply.problems);
  if (!reply.architecture) return;
  const auto finding = validator.judge(*reply.architecture, {});
  require((finding.verdict == searches::kValid) == finding.violations.empty(), "valid without violations");
  check_lines(finding.violations);
  if (finding.estimate.parameters == 0) return;  // the schema or the shapes are broken
  const std::string source = nn::pytorch_source(finding.architecture, kOptions);
  const auto again = searches::read_reply(source, kOptions);
  require(again.architecture.has_value(), "what flnas writes it can read: " + source);
  const auto same = validator.judge(*again.architecture, {}).estimate;
  require(same.parameters == finding.estimate.parameters && same.macs == finding.estimate.macs,
          "the network that was read back is the same: " + source);
}

}  // namespace flnas::test
