#pragma once

#include <filesystem>
#include <string>

namespace torch::jit {
struct Module;
}

namespace flnas::nn {

// A TorchScript file is a program: torch.save and torch.from_file in its forward() write any file that its user may
// write. What flnas runs without being told to trust the file therefore does nothing but compute on tensors, by the
// operators of a list: those of classifiers of images. (They are libtorch's own; that none of them can be led astray by
// its arguments is libtorch's promise, and they may still take all memory.)

/// The name of a method that loading or copying the file would run, blank without one: __setstate__, __getstate__. To
/// be asked before the file is loaded. Throws c10::Error where the file is no archive of libtorch's.
std::string method_that_loading_runs(const std::filesystem::path& file);

/// The first operator of forward() and what it calls that is not on the list: "aten::save"; blank where all are.
std::string operator_beyond_tensors(const torch::jit::Module& script);

/// Whether the user trusts TorchScript files: the environment's FLNAS_TRUST is 1, as --trust sets it, for child
/// processes too. It is in no record: whoever repeats a command decides anew.
bool torchscript_is_trusted();
void trust_torchscript();

}  // namespace flnas::nn
