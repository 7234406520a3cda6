#include "harness/study/verify_models.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "harness/base/error.h"
#include "harness/nn/models/model.h"
#include "harness/records/store.h"
#include "harness/records/text_in.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

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

void check(Verification& found, const std::string& file, const ModelInfo& recorded, const ModelInfo& counted) {
  const auto compare = [&](const char* key, const auto& ours, const auto& theirs) {
    if (ours == theirs) return;
    found.failures.push_back({file, key, "model", fmt::format("recorded {}, counted {}", text(ours), text(theirs))});
  };
  compare("model.parameters", recorded.parameters, counted.parameters);
  compare("model.macs", recorded.macs, counted.macs);
}

}  // namespace

Verifier verify_models(const nn::Registry& registry) {
  return [&registry](Verification& found, const VerifyRequest& request) {
    Counts counts(registry);
    for (const auto& folder : find_records(request.folder)) {
      const std::string file =
          (folder / "run.json").lexically_normal().lexically_relative(request.folder.lexically_normal()).string();
      try {
        const ModelInfo recorded =
            text_in(folder / "run.json", "kind") == "hardware" ? read_hardware(folder).model : read_run(folder).model;
        if (const ModelInfo* counted = counts.of(recorded)) check(found, file, recorded, *counted);
      } catch (const ConfigError& error) {
        found.failures.push_back({file, "model", "model", error.what()});
      } catch (const Error&) {
        // The record cannot be read: it is a failure already.
      }
    }
  };
}

}  // namespace flnas::study
