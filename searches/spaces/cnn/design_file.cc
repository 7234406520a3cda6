#include "searches/spaces/cnn/design_file.h"

#include "harness/base/files.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/architecture/pytorch_source.h"

namespace flnas::searches {

void write_design(const std::filesystem::path& file, const std::string& title, const Json& design,
                  const std::string& source, const nn::ModelOptions& options) {
  nn::Architecture architecture = nn::parse_architecture(design, file.string());
  architecture.name = file.stem().string();
  architecture.title = title;
  architecture.source = source;
  write_json(file, nn::to_json(architecture));
  std::filesystem::path python = file;
  write_file(python.replace_extension(".py"), nn::pytorch_source(architecture, options));
}

}  // namespace flnas::searches
