#pragma once

#include <filesystem>
#include <string>

namespace flnas::searches {

/// What --llm local starts.
struct LocalModel {
  std::filesystem::path program;  ///< flnas-llm
  std::filesystem::path weights;  ///< a GGUF file
  std::string name;    ///< of records and replies: "SmolLM2-135M-Instruct.Q4_1", the file's name without its ending
  std::string sha256;  ///< of the weights
};

/// The program and the weights that `make setup-llm` has put into llm/ of the cache folder (cache_folder.h), or the
/// given weights. Throws ConfigError where one is not there or is no GGUF file.
LocalModel find_local_model(const std::filesystem::path& weights);

}  // namespace flnas::searches
