#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "datasets/tables/table.h"

namespace flnas {

/// SHA-256 of one image file's bytes, as content_digest() takes it.
std::string image_digest(std::span<const std::uint8_t> bytes);

/// SHA-256 over the rows' image ids and digests, in their order.
std::string combine_digests(const Table& table, const std::vector<std::size_t>& rows,
                            const std::vector<std::string>& digests);

/// The same, of the image files as they are now: what a cache of them is keyed by and what a run records.
/// Reading every byte takes about a second a GB and core, so the digest is remembered in `folder` (a small file) under
/// each file's size, inode, time of last write and time of last status change, and found there for as long as none of
/// them changes. The last of these no program can set: other pixels under the old size and time are noticed. Files that
/// were only moved, copied or touched are read once more and give the same digest. A folder that cannot be written
/// costs the reading at each call. `threads` 0: all cores. Throws DataError for a missing image, IoError for one that
/// cannot be read.
std::string content_digest(const Table& table, const std::vector<std::size_t>& rows,
                           const std::filesystem::path& folder, unsigned threads = 0);

}  // namespace flnas
