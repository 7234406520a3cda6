// libFuzzer's entry: see reply_properties.h. A broken promise ends the program, and libFuzzer keeps the input.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/reply_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  flnas::test::check_reply({reinterpret_cast<const char*>(data), size});
  return 0;
}
