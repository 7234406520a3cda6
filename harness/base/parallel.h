#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace flnas {

/// Runs body(0) .. body(count - 1) on `threads` threads (0: all cores; one alone is the caller's). When a body throws,
/// the others stop at their next item and the error of the lowest item that failed is thrown here.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& body);

/// The same with a progress bar labelled `label`. Each thread asks `make_body` once for its own body, which may keep
/// buffers.
void parallel_for(std::size_t count, unsigned threads, const std::string& label,
                  const std::function<std::function<void(std::size_t)>()>& make_body);

}  // namespace flnas
