#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace flnas {

/// The whole file as bytes; throws IoError.
std::string read_file(const std::filesystem::path& file);

/// Writes `content` whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
/// Creates missing parent folders. Throws IoError (full disk, read-only folder) and removes the temporary file.
/// A device or a pipe (/dev/null, /dev/stdout) is written to as it is and never replaced. The first write to
/// a folder removes the temporary files that killed processes left there more than an hour ago.
void write_file(const std::filesystem::path& file, std::string_view content);

/// The same for writers that need a path: `write` gets the temporary path and fills it.
void write_file(const std::filesystem::path& file, const std::function<void(const std::filesystem::path&)>& write);

/// The same for writers that need a stream. What they write does not depend on the temporary file's name, and they
/// never see an error of the disk (libtorch ends the program where a stream fails): it is thrown when they are done.
void write_stream(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write);

/// Hands the file to `take` piece by piece; throws IoError.
void read_pieces(const std::filesystem::path& file, const std::function<void(std::string_view)>& take);

enum class Wait {
  kForDisk,  ///< fsync: what was appended outlives a power failure
  kNot,      ///< it outlives this program alone
};

/// Appends one line and a newline in a single write. A torn last line (killed while writing, a full disk) is cut off
/// first, so that the file is whole lines always. Throws IoError.
void append_line(const std::filesystem::path& file, std::string_view line, Wait wait = Wait::kForDisk);

/// Puts a finished file, or a folder, in its place, where an old file is replaced; on the disk when this returns.
/// Throws IoError.
void move_into_place(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes a file, or a folder with all that is in it; one that is not there is none. Throws IoError.
void remove_path(const std::filesystem::path& path);

/// Creates the folder with its parents; throws IoError.
void create_folder(const std::filesystem::path& folder);

}  // namespace flnas
