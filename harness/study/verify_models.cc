#include "harness/study/verify_models.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <tuple>

#include "harness/base/error.h"
#include "harness/nn/models/model.h"
#include "harness/records/record.h"
#include "harness/verification/check.h"
#include "harness/verification/verify_hardware.h"

namespace flnas::study {
namespace {

/// Counted once for all records.
class Counts {
 public:
  explicit Counts(const nn::Registry& registry) : registry_(registry) {}

  /// Null where the registry does not know it (a searched design, a file's model, the constant predictor).
  const ModelInfo* of(const ModelInfo& recorded) {
    const nn::ModelEntry* entry =
        registry_.find(recorded.name.substr(0, recorded.name.find('@')));  // a mitigation's row
    if (entry == nullptr || recorded.input.size() != 3) return nullptr;
    const auto key = std::tuple(entry->name, recorded.classes, recorded.input[1]);
    const auto found = counted_.find(key);
    if (found != counted_.end()) return &found->second;
    const nn::ModelOptions options{.classes = recorded.classes, .size = recorded.input[1]};
    return &counted_.emplace(key, nn::describe_model(*entry, options)).first->second;
  }

 private:
  const nn::Registry& registry_;
  std::map<std::tuple<std::string, int, std::int64_t>, ModelInfo> counted_;
};

std::string text(const std::optional<std::int64_t>& count) { return count ? std::to_string(*count) : "null"; }

}  // namespace

std::function<void(Check&, const std::string&, const VerifyRequest&)> verify_models(const nn::Registry& registry) {
  return [counts = std::make_shared<Counts>(registry)](Check& check, const std::string& file, const VerifyRequest&) {
    const auto compare = [&](const char* key, const auto& recorded, const auto& counted) {
      if (recorded == counted) return;
      check.fail(file, key, "model", fmt::format("recorded {}, counted {}", text(recorded), text(counted)));
    };
    try {
      const ModelInfo recorded =
          is_hardware(check.folder() / file) ? read_hardware(check.folder()).model : read_run(check.folder()).model;
      const ModelInfo* counted = counts->of(recorded);
      if (counted == nullptr) return;
      compare("model.parameters", recorded.parameters, counted->parameters);
      compare("model.macs", recorded.macs, counted->macs);
    } catch (const ConfigError& error) {
      check.fail(file, "model", "model", error.what());
    } catch (const Error&) {
      // The record cannot be read: it is a failure already.
    }
  };
}

}  // namespace flnas::study
