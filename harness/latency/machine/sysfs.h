#pragma once

#include <filesystem>
#include <fstream>
#include <optional>

namespace flnas {

/// The first value in a file of /proc or /sys; empty where there is no such file, or no such value in it.
template <class T>
std::optional<T> read_value(const std::filesystem::path& file) {
  std::ifstream in(file);
  T value{};
  return in >> value ? std::optional(value) : std::nullopt;
}

}  // namespace flnas
