#include "harness/latency/estimation/estimate_file.h"

#include <fmt/format.h>

#include <array>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/records/record_json.h"

namespace flnas {
namespace {

using nn::OperationKind;

constexpr std::array kKinds = {OperationKind::kConvolution, OperationKind::kLinear,  OperationKind::kNorm,
                               OperationKind::kActivation,  OperationKind::kPooling, OperationKind::kElementwise,
                               OperationKind::kOther};

/// An operation as it stands in the file.
struct Row {
  std::string name, kind;
  std::vector<std::int64_t> shape;
  std::int64_t macs = 0, bytes = 0, kernel = 0, groups = 1;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("kind", self.kind), visit("shape", self.shape), visit("macs", self.macs);
    visit("bytes", self.bytes), visit("kernel", self.kernel), visit("groups", self.groups);
  }
};

struct File {
  std::string platform;
  int batch = 0, threads = 0;
  Rates rates;
  Efficiency efficiency;
  std::vector<Row> operations;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("platform", self.platform), visit("batch", self.batch), visit("threads", self.threads);
    visit("rates", self.rates), visit("efficiency", self.efficiency), visit("operations", self.operations);
  }
};

OperationKind kind_from_name(const std::string& name, const std::string& where) {
  for (const OperationKind kind : kKinds) {
    if (name == to_string(kind)) return kind;
  }
  throw DataError(fmt::format("{}: unknown kind of operation '{}'", where, name));
}

}  // namespace

LatencyEstimate estimate_of(const EstimateInputs& inputs) {
  nn::Cost cost;
  cost.operations = inputs.operations;
  return estimate_latency(cost, inputs.rates, inputs.efficiency, inputs.threads);
}

void write_estimate(const std::filesystem::path& file, const EstimateInputs& inputs) {
  File json{inputs.platform, inputs.batch, inputs.threads, inputs.rates, inputs.efficiency, {}};
  for (const auto& operation : inputs.operations) {
    json.operations.push_back({operation.name, to_string(operation.kind), operation.shape, operation.macs,
                               operation.bytes, operation.kernel, operation.groups});
  }
  write_json(file, record_to_json(json));
}

EstimateInputs read_estimate(const std::filesystem::path& file) {
  const auto json = record_from_json<File>(read_json(file), file.string());
  EstimateInputs inputs{json.platform, json.batch, json.threads, json.rates, json.efficiency, {}};
  for (const Row& row : json.operations) {
    nn::Operation operation;
    operation.name = row.name;
    operation.kind = kind_from_name(row.kind, file.string());
    operation.shape = row.shape;
    operation.macs = row.macs;
    operation.bytes = row.bytes;
    operation.kernel = row.kernel;
    operation.groups = row.groups;
    inputs.operations.push_back(operation);
  }
  return inputs;
}

}  // namespace flnas
