#include "harness/nn/torchscript.h"

#include <fmt/format.h>
#include <torch/csrc/jit/frontend/error_report.h>
#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/passes/inliner.h>
#include <torch/csrc/jit/runtime/print_handler.h>
#include <torch/script.h>
#include <torch/version.h>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/text.h"
#include "harness/nn/archive.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript_operators.h"

namespace flnas::nn {
namespace {

/// libtorch's message without its stack trace: of what failed inside of a module the last line ("RuntimeError: ..."),
/// else the first that says anything.
std::string reason_of(const std::exception& error) {
  constexpr std::size_t kLongest = 300;
  std::string first, runtime;
  for (const std::string& line : split(error.what(), '\n')) {
    const std::string text = line.substr(std::min(line.size(), line.find_first_not_of(" \t")));
    if (first.empty()) first = text;
    if (text.starts_with("RuntimeError: ")) runtime = text.substr(text.find(' ') + 1);
  }
  return one_line(runtime.empty() ? first : runtime, kLongest);
}

/// The tree of parameters and buffers of `module` as a script module that shares the tensors.
torch::jit::Module mirror(const torch::nn::Module& module, const std::string& class_name,
                          const std::shared_ptr<torch::jit::CompilationUnit>& unit) {
  torch::jit::Module script(c10::QualifiedName(class_name), unit);
  script.register_attribute("training", c10::BoolType::get(), false);
  for (const auto& parameter : module.named_parameters(false)) {
    script.register_parameter(parameter.key(), parameter.value(), false);
  }
  for (const auto& buffer : module.named_buffers(false)) script.register_buffer(buffer.key(), buffer.value());
  for (const auto& child : module.named_children()) {
    script.register_module(child.key(), mirror(*child.value(), class_name + "_" + child.key(), unit));
  }
  return script;
}

/// Which input of a node says whether it is training; 0: it does not depend on it.
std::size_t mode_input(const torch::jit::Node* node) {
  const std::string name = node->kind().toQualString();
  const std::size_t at = name == "aten::batch_norm"                                   ? 5
                         : name == "aten::dropout" || name == "aten::feature_dropout" ? 2
                                                                                      : 0;
  return node->inputs().size() > at ? at : 0;
}

/// Batch norm or dropout whose mode was fixed to evaluation when the module was traced.
bool is_fixed_to_evaluation(const torch::jit::Block* block) {
  for (const torch::jit::Node* node : block->nodes()) {
    if (const std::size_t at = mode_input(node); at > 0) {
      const auto training = torch::jit::toIValue(node->inputs()[at]);
      if (training && training->isBool() && !training->toBool()) return true;
    }
    for (const torch::jit::Block* inner : node->blocks()) {
      if (is_fixed_to_evaluation(inner)) return true;
    }
  }
  return false;
}

/// A trace fixes the mode that it was made in; instead each node follows the module's, so that it can be trained again.
void follow_mode(torch::jit::Graph& graph) {
  std::vector<torch::jit::Node*> nodes;
  for (torch::jit::Node* node : graph.block()->nodes()) {
    if (mode_input(node) > 0) nodes.push_back(node);
  }
  if (nodes.empty()) return;
  const torch::jit::WithInsertPoint at_start(*graph.block()->nodes().begin());
  torch::jit::Value* mode = graph.insertGetAttr(graph.inputs().at(0), "training");
  for (torch::jit::Node* node : nodes) node->replaceInput(mode_input(node), mode);
}

/// A frozen module has lost the attribute that tells its mode.
bool has_mode(const torch::jit::Module& script) {
  for (const torch::jit::Module& module : script.modules()) {
    if (!module.hasattr("training")) return false;
  }
  return true;
}

bool is_fixed_to_evaluation(const torch::jit::Module& script) {
  if (!has_mode(script)) return true;
  const auto graph = script.get_method("forward").graph()->copy();
  torch::jit::Inline(*graph);
  return is_fixed_to_evaluation(graph->block());
}

/// The state of a script module and its children, registered as libtorch's own modules register theirs.
class ScriptState : public torch::nn::Module {
 public:
  explicit ScriptState(const torch::jit::Module& script) { fill(*this, script); }
  static void fill(torch::nn::Module& module, const torch::jit::Module& script);
};

void ScriptState::fill(torch::nn::Module& module, const torch::jit::Module& script) {
  for (const auto& parameter : script.named_parameters(false)) {
    module.register_parameter(parameter.name, parameter.value, parameter.value.requires_grad());
  }
  for (const auto& buffer : script.named_buffers(false)) module.register_buffer(buffer.name, buffer.value);
  for (const auto& child : script.named_children()) {
    module.register_module(child.name, std::make_shared<ScriptState>(child.value));
  }
}

class ScriptClassifier : public Classifier {
 public:
  ScriptClassifier(torch::jit::Module script, std::string where)
      : script_(std::move(script)), where_(std::move(where)), fixed_(is_fixed_to_evaluation(script_)) {
    ScriptState::fill(*this, script_);
    train(!fixed_);
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    // The optimising executor changes its kernels after the first calls, and a resumed run would differ in the last
    // bits from an uninterrupted one.
    const torch::jit::GraphOptimizerEnabledGuard unoptimised(false);
    const c10::IValue value = answer(images);
    const bool one_each = value.isTensor() && value.toTensor().dim() == 2 && value.toTensor().size(0) == images.size(0);
    if (!one_each || (classes_ > 0 && value.toTensor().size(1) != classes_)) {
      throw ConfigError(fmt::format("{}: returns no [N, {}] logits for {} images; export a classifier", where_,
                                    classes_ > 0 ? std::to_string(classes_) : "classes", images.size(0)));
    }
    return value.toTensor();
  }

  /// How many logits it has to return from now on.
  void expect_classes(std::int64_t classes) { classes_ = classes; }

  void train(bool on) override {
    if (on && fixed_) {
      throw ConfigError(
          fmt::format("{}: was traced or frozen in evaluation mode and cannot be trained; write it "
                      "with torch.jit.script(model).save()",
                      where_));
    }
    Classifier::train(on);
    if (has_mode(script_)) script_.train(on);
  }

  const torch::jit::Module& script() const { return script_; }

 private:
  c10::IValue answer(const torch::Tensor& images) {
    try {
      return script_.forward({images});
    } catch (const std::exception& error) {
      const std::int64_t size = images.size(-1);
      if (images.dim() == 2) {
        throw ConfigError(
            fmt::format("{}: does not take rows [N, {}] of a table ({})", where_, size, reason_of(error)));
      }
      throw ConfigError(
          fmt::format("{}: does not take images [N, 3, {}, {}]; give the --size that it was made for ({})", where_,
                      size, size, reason_of(error)));
    }
  }

  torch::jit::Module script_;
  std::string where_;
  bool fixed_;
  std::int64_t classes_ = 0;  ///< 0: not known yet
};

/// Throws unless the user trusts the file: `what` it would do beyond computing on tensors.
void require_trust(const std::string& where, const std::string& what) {
  if (what.empty() || torchscript_is_trusted()) return;
  throw ConfigError(
      fmt::format("{}: is a program that does more than compute on tensors ({}), and could read and write "
                  "your files; give --trust before the command where you trust who wrote it",
                  where, what));
}

/// Mixed precisions fail inside, with a message about the images.
void require_float32(const torch::jit::Module& script, const std::string& where) {
  for (const auto& parameter : script.named_parameters()) {
    const torch::ScalarType type = parameter.value.scalar_type();
    if (!c10::isFloatingType(type) || type == torch::kFloat) continue;
    throw ConfigError(fmt::format("{}: its weights are {} ({}); export it in float32, as model.float()", where,
                                  c10::toString(type), parameter.name));
  }
}

std::shared_ptr<ScriptClassifier> open_script(const std::filesystem::path& file) {
  const std::string where = file.string();
  if (!std::filesystem::is_regular_file(file)) throw ConfigError(fmt::format("{}: no such TorchScript file", where));
  require_archive(file, ArchiveKind::kTorchScript);  // others, which libtorch would read too, hold code unlooked at
  // What a trusted one prints is no result.
  torch::jit::setPrintHandler([](const std::string& text) { fmt::print(stderr, "{}", text); });
  try {
    require_trust(where, method_that_loading_runs(file));
    const torch::jit::Module script = torch::jit::load(where, torch::Device(torch::kCPU));
    require_trust(where, operator_beyond_tensors(script));
    require_float32(script, where);
    return std::make_shared<ScriptClassifier>(script, where);
  } catch (const Error&) {
    throw;
  } catch (const torch::jit::ErrorReport& error) {
    throw DataError(
        fmt::format("{}: holds what libtorch {} does not know ({}); export it with that version, or without "
                    "that operator",
                    where, TORCH_VERSION, reason_of(error)));
  } catch (const std::exception& error) {
    throw DataError(fmt::format("{}: not a TorchScript module with a forward method ({})", where, reason_of(error)));
  }
}

/// Columns of the logits for such inputs.
std::int64_t classes_of(ScriptClassifier& model, const ModelOptions& options) {
  const EvalMode eval(model);
  const torch::NoGradGuard no_grad;
  const torch::Tensor logits = model.forward(torch::zeros(input_shape(options, 2)));
  model.expect_classes(logits.size(1));
  return logits.size(1);
}

}  // namespace

bool is_torchscript(const std::filesystem::path& file) {
  const std::string extension = file.extension().string();
  return extension == ".pt" || extension == ".pth" || extension == ".ts" || extension == ".pt2";
}

torch::jit::Module trace_classifier(Classifier& model, const ModelOptions& options) {
  const EvalMode eval(model);
  const torch::NoGradGuard no_grad;
  const auto parameters = model.parameters();
  const torch::Device device = parameters.empty() ? torch::Device(torch::kCPU) : parameters.front().device();
  const torch::Tensor images = torch::full(input_shape(options, 2), 0.5, torch::TensorOptions().device(device));
  torch::jit::Module script = mirror(model, "__torch__.Classifier", std::make_shared<torch::jit::CompilationUnit>());
  const auto [state, outputs] = torch::jit::tracer::trace(
      {images}, [&](torch::jit::Stack inputs) { return torch::jit::Stack{model.forward(inputs.at(0).toTensor())}; },
      [](const torch::Tensor&) { return std::string(); }, true, false, &script, {"images"});
  follow_mode(*state->graph);
  auto* function = script._ivalue()->compilation_unit()->create_function(
      c10::QualifiedName(*script.type()->name(), "forward"), state->graph);
  script.type()->addMethod(function);
  return script;
}

torch::jit::Module to_torchscript(Classifier& model, const ModelOptions& options) {
  auto* loaded = dynamic_cast<ScriptClassifier*>(&model);
  torch::jit::Module script = (loaded != nullptr ? loaded->script() : trace_classifier(model, options)).deepcopy();
  if (has_mode(script)) script.eval();
  return script;
}

void save_torchscript(Classifier& model, const ModelOptions& options, const std::filesystem::path& file) {
  torch::jit::Module script = to_torchscript(model, options);
  script.to(torch::kCPU);
  // By a stream: given a path, libtorch writes the (temporary) file's name into the archive.
  write_stream(file, [&](std::ostream& out) {
    try {
      script.save(out);
    } catch (const c10::Error& error) {
      throw IoError(fmt::format("{}: cannot be written ({})", file.string(), reason_of(error)));
    }
  });
}

std::shared_ptr<Classifier> load_torchscript(const std::filesystem::path& file, const ModelOptions& options) {
  if (options.columns.empty()) require_geometry(file.string(), options, 1);
  const auto model = open_script(file);
  const std::int64_t classes = classes_of(*model, options);
  if (classes != options.classes) {
    throw ConfigError(fmt::format("{}: has {} classes where {} are needed; export it with --classes {}", file.string(),
                                  classes, options.classes, options.classes));
  }
  return model;
}

NamedTensors torchscript_state(const std::filesystem::path& file) { return copy_state(*open_script(file)); }

std::int64_t torchscript_classes(const std::filesystem::path& file, std::int64_t size) {
  return classes_of(*open_script(file), {.size = size});
}

}  // namespace flnas::nn
