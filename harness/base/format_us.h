#pragma once

#include <string>

namespace flnas {

/// "12.7 ms" from microseconds: three digits and the unit that fits, us, ms or s.
std::string format_us(double us);

}  // namespace flnas
