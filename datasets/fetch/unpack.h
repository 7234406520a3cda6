#pragma once

#include <cstddef>
#include <filesystem>

namespace flnas {

/// Unpacks a zip archive into `folder` and returns the number of files. The archive is looked through first and
/// refused as a whole, with nothing written, where an entry could leave the folder (an absolute path, "..", a
/// backslash), is a link or a device, or appears twice. Files are unpacked into a folder beside their place and moved
/// when all are there; an entry of the archive's top level that `folder` already has is replaced.
/// Throws DataError for a damaged, truncated or unsafe archive; IoError where the disk is full, before anything is
/// unpacked where the sizes tell.
std::size_t unpack_zip(const std::filesystem::path& archive, const std::filesystem::path& folder);

}  // namespace flnas
