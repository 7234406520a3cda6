#include "harness/latency/calibration/calibrate_platform.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/progress.h"
#include "harness/latency/estimation/platform.h"

namespace flnas {

Json calibrate_platform(const CalibrateRequest& request) {
  if (request.config.tables.empty()) {
    throw ConfigError("calibrate needs the folder of HW-NAS-Bench's tables, or --paper");
  }
  const Platform platform = load_platform(request.platform);
  if (!platform.rates) throw ConfigError(fmt::format("platform {}: its file has no rates", platform.name));
  CalibrationConfig config = request.config;
  config.choice = choice_from_name(request.choose);
  Progress progress("samples", config.seeds);
  Json result = calibrate(config, *platform.rates, [&](int done) { progress.update(done); });
  if (!request.out.empty()) write_json(request.out, result["efficiency"]);
  return result;
}

}  // namespace flnas
