#include "harness/nn/weights/stored_tensor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/text.h"

namespace flnas::nn {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

/// a * b + c of numbers that are not negative; none beyond 64 bits.
std::optional<std::int64_t> multiply_add(std::int64_t a, std::int64_t b, std::int64_t c) {
  if (a != 0 && b > (kMost - c) / a) return std::nullopt;
  return a * b + c;
}

/// Values that the shape has, and the values of storage from the first to the last one.
struct Extent {
  std::int64_t count = 1;
  std::int64_t span = 1;
};

std::optional<Extent> extent_of(const StoredTensor& tensor) {
  const auto negative = [](std::int64_t value) { return value < 0; };
  if (std::ranges::any_of(tensor.shape, negative) || std::ranges::any_of(tensor.strides, negative)) return {};
  if (std::ranges::count(tensor.shape, 0) > 0) return Extent{0, 0};
  Extent extent;
  for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
    const auto count = multiply_add(extent.count, tensor.shape[i], 0);
    const auto span = multiply_add(tensor.shape[i] - 1, tensor.strides[i], extent.span);
    if (!count || !span) return std::nullopt;
    extent = {*count, *span};
  }
  return extent;
}

}  // namespace

std::optional<std::int64_t> bytes_of_dtype(std::string_view dtype) {
  constexpr std::pair<std::string_view, std::int64_t> kTypes[] = {{"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2},
                                                                  {"I64", 8}, {"I32", 4}, {"I16", 2}, {"I8", 1},
                                                                  {"U8", 1},  {"BOOL", 1}};
  for (const auto& [name, bytes] : kTypes) {
    if (name == dtype) return bytes;
  }
  return std::nullopt;
}

void require_inside_storage(const StoredTensor& tensor, std::string_view where) {
  const std::string name = one_line(tensor.name, 100);
  const auto width = bytes_of_dtype(tensor.dtype);
  if (!width) {
    throw DataError(fmt::format("{}: '{}' has values of type {}, which are not read; save it as float32", where, name,
                                one_line(tensor.dtype, 40)));
  }
  const auto extent = tensor.strides.size() == tensor.shape.size() ? extent_of(tensor) : std::nullopt;
  const std::int64_t room = tensor.bytes / *width;
  if (extent && tensor.offset >= 0 && extent->span <= room && extent->count <= room) return;
  throw DataError(fmt::format("{}: '{}' [{}] reaches beyond the values that the file has for it; copy the file again",
                              where, name, fmt::join(tensor.shape, ", ")));
}

}  // namespace flnas::nn
