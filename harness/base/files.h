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

/// Appends one line and a newline in a single write, then fsync. A torn last line (killed while writing) is
/// cut off first, so that the file is whole lines always.
void append_line(const std::filesystem::path& file, std::string_view line);

/// Creates the folder with its parents; throws IoError.
void create_folder(const std::filesystem::path& folder);

}  // namespace flnas
