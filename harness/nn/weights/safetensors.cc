#include "harness/nn/weights/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/base/text.h"

namespace flnas::nn {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 100'000'000;  ///< the format's own bound

/// The header's JSON text.
std::string_view header_of(std::string_view file, std::string_view where) {
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes && i < file.size(); ++i) {
    length |= static_cast<std::uint64_t>(static_cast<unsigned char>(file[i])) << (8 * i);
  }
  const bool fits = file.size() > kLengthBytes && length <= kLongestHeader && length <= file.size() - kLengthBytes;
  if (!fits || length == 0 || file[kLengthBytes] != '{') {
    throw DataError(fmt::format("{}: not a .safetensors file, or not all of one; copy it again", where));
  }
  return file.substr(kLengthBytes, length);
}

/// A name twice would be read as the last of the two.
void require_distinct_names(std::string_view header, std::string_view where) {
  std::vector<std::string> names;
  const auto collect = [&](int depth, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::key && depth == 1) names.push_back(value.get<std::string>());
    return true;
  };
  [[maybe_unused]] const Json parsed = Json::parse(header, collect);
  std::ranges::sort(names);
  if (const auto twice = std::ranges::adjacent_find(names); twice != names.end()) {
    throw DataError(fmt::format("{}: names '{}' twice", where, one_line(*twice, 100)));
  }
}

StoredTensor tensor_of(const std::string& name, const Json& entry, std::string_view where) {
  StoredTensor tensor;
  tensor.name = name;
  std::vector<std::uint64_t> place;
  try {
    entry.at("dtype").get_to(tensor.dtype);
    for (const Json& size : entry.at("shape")) {
      if (!size.is_number_unsigned()) throw DataError("");
      tensor.shape.push_back(size.get<std::int64_t>());
    }
    for (const Json& offset : entry.at("data_offsets")) {
      if (!offset.is_number_unsigned()) throw DataError("");
      place.push_back(offset.get<std::uint64_t>());
    }
    if (place.size() != 2 || place[0] > place[1]) throw DataError("");
  } catch (const std::exception&) {
    throw DataError(
        fmt::format("{}: '{}' is not described by a dtype, a shape and two data_offsets", where, one_line(name, 100)));
  }
  tensor.offset = static_cast<std::int64_t>(place[0]);
  tensor.bytes = static_cast<std::int64_t>(place[1] - place[0]);
  tensor.strides.resize(tensor.shape.size());
  std::uint64_t stride = 1;  // may pass around 64 bits: require_inside_storage has refused the shape by then
  for (std::size_t i = tensor.shape.size(); i-- > 0;) {
    tensor.strides[i] = static_cast<std::int64_t>(stride);
    stride *= static_cast<std::uint64_t>(tensor.shape[i]);
  }
  require_inside_storage(tensor, where);
  if (stride * static_cast<std::uint64_t>(*bytes_of_dtype(tensor.dtype)) != place[1] - place[0]) {
    throw DataError(fmt::format("{}: '{}' has more values than its shape", where, one_line(name, 100)));
  }
  return tensor;
}

}  // namespace

std::vector<StoredTensor> parse_safetensors(std::string_view file, std::string_view where) {
  const std::string_view text = header_of(file, where);
  const Json header = parse_json(text, where);
  require_distinct_names(text, where);
  std::vector<StoredTensor> tensors;
  for (const auto& [name, entry] : header.items()) {
    if (name != "__metadata__") tensors.push_back(tensor_of(name, entry, where));
  }
  std::ranges::sort(tensors, [](const auto& a, const auto& b) {
    return std::pair(a.offset, a.bytes) < std::pair(b.offset, b.bytes);
  });
  const std::size_t begin = kLengthBytes + text.size();
  const auto values = static_cast<std::int64_t>(file.size() - begin);
  std::int64_t end = 0;
  for (StoredTensor& tensor : tensors) {
    if (tensor.offset != end) {
      throw DataError(fmt::format("{}: the values of '{}' {}", where, one_line(tensor.name, 100),
                                  tensor.offset < end ? "overlap those of another tensor" : "come after a gap"));
    }
    if (tensor.bytes > values - end) {
      throw DataError(
          fmt::format("{}: ends before the values of '{}'; copy it again", where, one_line(tensor.name, 100)));
    }
    end += tensor.bytes;
    tensor.offset += static_cast<std::int64_t>(begin);
  }
  if (end != values) {
    throw DataError(fmt::format("{}: has {} bytes of values of which its header names {}", where, values, end));
  }
  return tensors;
}

}  // namespace flnas::nn
