#pragma once

#include <cmath>
#include <optional>

#include "harness/base/json.h"

namespace flnas {

// A figure that is undefined (its denominator is empty) is NaN in a computation; a record has none, which is null.

/// NaN becomes nothing.
inline std::optional<double> defined(double value) { return std::isnan(value) ? std::nullopt : std::optional(value); }

/// NaN becomes null.
inline Json number_or_null(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

}  // namespace flnas
