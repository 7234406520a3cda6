#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flnas::nn {

/// A tensor in a file of weights: what it is and where its values lie; not the values.
struct StoredTensor {
  std::string name;                   ///< "layer1.0.conv1.weight"
  std::string dtype;                  ///< as safetensors calls it: "F32", "I64"
  std::vector<std::int64_t> shape;    ///< none: a single number
  std::vector<std::int64_t> strides;  ///< in values, one for each dimension
  std::string storage;                ///< in a state dict: the archive's record with the values, below "data/"
  std::int64_t offset = 0;            ///< of the first value from the beginning of its storage, in bytes
  std::int64_t bytes = 0;             ///< of the storage from there on that the tensor may use
};

/// Bytes of a value; none for types that are not read: complex numbers, quantised and 8-bit floating point.
std::optional<std::int64_t> bytes_of_dtype(std::string_view dtype);

/// Throws DataError unless the tensor has one stride for each dimension, no size or stride below 0, and its values lie
/// within `offset` and `bytes`; a tensor that repeats values (a stride of 0) may not be larger than its storage.
void require_inside_storage(const StoredTensor& tensor, std::string_view where);

}  // namespace flnas::nn
