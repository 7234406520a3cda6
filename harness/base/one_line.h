#pragma once

#include <exception>
#include <string>

namespace flnas {

/// What a record or a user is told of an exception, in one line: of an Error its message; of the standard library's
/// errors of files the path and the reason; of others the first line (libtorch adds a stack trace).
std::string one_line(const std::exception& error);

}  // namespace flnas
