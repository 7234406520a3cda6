#pragma once

#include <string_view>
#include <vector>

#include "harness/nn/weights/stored_tensor.h"

namespace flnas::nn {

/// The tensors of a .safetensors file, in the order of their values; `offset` counts from the beginning of `file`.
///
///     8 bytes: n, little-endian | n bytes of JSON | values, row-major, little-endian
///     JSON: {"NAME": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, ..., "__metadata__": {...}}
///
/// Throws DataError: a header that is not this; a type that is not read (bytes_of_dtype); values that overlap, leave
/// gaps, lie outside of the file or are more or fewer than the shape has. Nothing is allocated by what a file promises.
/// Source: https://github.com/huggingface/safetensors, "Format".
std::vector<StoredTensor> parse_safetensors(std::string_view file, std::string_view where);

}  // namespace flnas::nn
