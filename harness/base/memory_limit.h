#pragma once

#include <filesystem>
#include <optional>

namespace flnas {

/// Bytes that this process can have at most: the machine's memory, or less where its control group (a container, a
/// Slurm job, a systemd slice; version 1 or 2) or one that it lies in has a limit. What others use now does not count.
/// Null where /proc does not say. `root`: for tests.
std::optional<double> memory_limit(const std::filesystem::path& root = "/");

}  // namespace flnas
