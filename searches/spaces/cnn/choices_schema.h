#pragma once

#include "harness/base/json.h"
#include "searches/spaces/cnn/designs/choices.h"

namespace flnas::searches {

/// JSON schema of the architectures whose every value is among the choices; all keys are required. Paddings that do not
/// go with their kernel and limits are left to the validator.
Json choices_schema(const Choices& choices);

}  // namespace flnas::searches
