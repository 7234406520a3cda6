#include "harness/nn/torchscript_operators.h"

#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/inliner.h>

#include <cstdlib>
#include <set>
#include <string_view>

namespace flnas::nn {
namespace {

constexpr char kVariable[] = "FLNAS_TRUST";

/// In-place forms, with an underscore at the end, are meant too.
const std::set<std::string_view>& aten_operators() {
  static const std::set<std::string_view> names = {
      // layers
      "_convolution", "convolution", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
      "conv_transpose3d", "linear", "addmm", "matmul", "mm", "bmm", "baddbmm", "mv", "dot", "einsum", "tensordot",
      "batch_norm", "group_norm", "native_group_norm", "layer_norm", "native_layer_norm", "instance_norm",
      "local_response_norm", "dropout", "feature_dropout", "alpha_dropout", "bernoulli", "embedding",
      "scaled_dot_product_attention", "max_pool1d", "max_pool2d", "max_pool2d_with_indices", "avg_pool1d", "avg_pool2d",
      "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_max_pool1d", "adaptive_max_pool2d", "lp_pool2d",
      "upsample_nearest2d", "upsample_bilinear2d", "upsample_bicubic2d", "pixel_shuffle", "pixel_unshuffle",
      "channel_shuffle", "pad", "constant_pad_nd", "reflection_pad2d", "replication_pad2d", "unfold", "im2col",
      // activations
      "relu", "relu6", "hardtanh", "hardswish", "hardsigmoid", "silu", "gelu", "elu", "celu", "selu", "leaky_relu",
      "prelu", "sigmoid", "tanh", "softmax", "log_softmax", "softplus", "softsign", "mish", "logsigmoid", "glu",
      "threshold", "hardshrink", "softshrink",
      // arithmetic
      "add", "sub", "rsub", "mul", "div", "neg", "pow", "exp", "expm1", "log", "log1p", "sqrt", "rsqrt", "square",
      "reciprocal", "abs", "sign", "sin", "cos", "erf", "floor", "ceil", "round", "trunc", "clamp", "clamp_min",
      "clamp_max", "floor_divide", "floordiv", "remainder", "fmod", "addcmul", "addcdiv", "lerp", "maximum", "minimum",
      "where", "masked_fill", "cumsum", "logical_not", "logical_and", "logical_or", "eq", "ne", "lt", "le", "gt", "ge",
      "__and__", "__or__", "__not__", "__is__", "__isnot__", "__contains__", "isnan", "isinf", "isfinite",
      // reductions
      "mean", "sum", "prod", "var", "std", "var_mean", "std_mean", "max", "min", "amax", "amin", "argmax", "argmin",
      "norm", "linalg_norm", "linalg_vector_norm", "logsumexp", "all", "any", "topk", "sort", "argsort",
      // shapes
      "view", "view_as", "reshape", "reshape_as", "flatten", "unflatten", "permute", "transpose", "t", "numpy_T",
      "movedim", "moveaxis", "swapaxes", "contiguous", "squeeze", "unsqueeze", "expand", "expand_as", "repeat",
      "repeat_interleave", "tile", "cat", "concat", "stack", "chunk", "split", "split_with_sizes", "tensor_split",
      "unbind", "slice", "select", "narrow", "index", "index_select", "gather", "take_along_dim", "roll", "flip",
      "rot90", "tril", "triu", "meshgrid", "broadcast_tensors", "diagonal",
      // tensors and their properties
      "zeros", "ones", "full", "empty", "zeros_like", "ones_like", "full_like", "empty_like", "new_zeros", "new_ones",
      "new_full", "new_empty", "arange", "linspace", "eye", "tensor", "scalar_tensor", "rand", "randn", "rand_like",
      "randn_like", "fill", "zero", "copy", "clone", "detach", "to", "type_as", "float", "half", "double", "size",
      "dim", "numel", "is_floating_point", "stride", "item", "is_contiguous",
      // numbers and lists
      "Int", "Float", "Bool", "IntImplicit", "FloatImplicit", "ScalarImplicit", "len", "list", "append", "insert",
      "pop", "extend", "copy", "__getitem__", "_set_item", "__range_length", "__derive_index",
      "__round_to_zero_floordiv", "format", "keys", "values", "__upsample", "__interpolate"};
  return names;
}

const std::set<std::string_view>& prim_operators() {
  static const std::set<std::string_view> names = {"Constant",
                                                   "GetAttr",
                                                   "SetAttr",
                                                   "ListConstruct",
                                                   "ListUnpack",
                                                   "TupleConstruct",
                                                   "TupleUnpack",
                                                   "TupleIndex",
                                                   "TupleSlice",
                                                   "DictConstruct",
                                                   "If",
                                                   "Loop",
                                                   "NumToTensor",
                                                   "RaiseException",
                                                   "Uninitialized",
                                                   "unchecked_cast",
                                                   "unchecked_unwrap_optional",
                                                   "dtype",
                                                   "device",
                                                   "layout",
                                                   "shape",
                                                   "is_cuda",
                                                   "requires_grad",
                                                   "data",
                                                   "min",
                                                   "max",
                                                   "abs",
                                                   "isinstance",
                                                   "Return",
                                                   "Param",
                                                   "ModuleContainerIndex",
                                                   "tolist",
                                                   "ConstantChunk",
                                                   "AutogradZero"};
  return names;
}

bool computes_only(const std::string& name) {
  const std::size_t colons = name.find("::");
  if (colons == name.npos) return false;
  const std::string_view space = std::string_view(name).substr(0, colons);
  std::string_view bare = std::string_view(name).substr(colons + 2);
  if (space == "prim") return prim_operators().contains(bare);
  if (space != "aten") return false;
  if (aten_operators().contains(bare)) return true;
  if (bare.ends_with('_')) bare.remove_suffix(1);
  return aten_operators().contains(bare);
}

std::string first_beyond(const torch::jit::Block* block) {
  for (const torch::jit::Node* node : block->nodes()) {
    const std::string name = node->kind().toQualString();
    if (!computes_only(name)) return name;
    for (const torch::jit::Block* inner : node->blocks()) {
      if (std::string found = first_beyond(inner); !found.empty()) return found;
    }
  }
  return "";
}

}  // namespace

std::string method_that_loading_runs(const std::filesystem::path& file) {
  caffe2::serialize::PyTorchStreamReader reader(file.string());
  for (const std::string& record : reader.getAllRecords()) {
    if (!record.starts_with("code/") || !record.ends_with(".py")) continue;
    const auto [data, size] = reader.getRecord(record);
    const std::string_view code(static_cast<const char*>(data.get()), size);
    for (const char* method : {"__setstate__", "__getstate__"}) {
      if (code.find(method) != code.npos) return method;
    }
  }
  return "";
}

std::string operator_beyond_tensors(const torch::jit::Module& script) {
  const auto graph = script.get_method("forward").graph()->copy();
  torch::jit::Inline(*graph);
  return first_beyond(graph->block());
}

bool torchscript_is_trusted() {
  const char* value = std::getenv(kVariable);
  return value != nullptr && std::string_view(value) == "1";
}

void trust_torchscript() { ::setenv(kVariable, "1", 1); }

}  // namespace flnas::nn
