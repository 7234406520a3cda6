#pragma once

#include <string_view>
#include <vector>

#include "harness/nn/weights/stored_tensor.h"

namespace flnas::nn {

/// The tensors of a state dict as `torch.save(model.state_dict(), FILE)` pickles them (the record data.pkl of its
/// archive), in its order; also where the state dict is the only one inside of a checkpoint's dictionary. The pickle is
/// read as data: it is a program for Python, and nothing of it is called here. `offset` and `bytes` are of the
/// storage's record, whose true size the caller has to compare.
///
/// Throws DataError: a pickle of something else, such as a whole module (named by its class), no or several state
/// dicts, or a pickle that is cut short.
/// Source: CPython, Lib/pickletools.py; PyTorch, torch/serialization.py and torch/_utils.py.
std::vector<StoredTensor> parse_state_pickle(std::string_view pickle, std::string_view where);

}  // namespace flnas::nn
