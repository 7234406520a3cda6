#include "harness/nn/weights/state_pickle.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/text.h"

namespace flnas::nn {
namespace {

/// A value of the pickle. Parts are indices into the reader's list, so that no value is freed or followed in depth.
struct Node {
  enum class Kind { kOther, kNumber, kText, kGlobal, kTuple, kDict, kStorage, kTensor };
  Kind kind = Kind::kOther;
  std::string text;                ///< of kText and kGlobal; of kOther the class or function that made it
  std::int64_t number = 0;         ///< of kNumber
  std::vector<std::size_t> parts;  ///< of kTuple; of kDict keys and values in turn
  StoredTensor tensor;             ///< of kStorage and kTensor
};

using Kind = Node::Kind;

// Copied by each tensor: a small file could ask for much memory.
constexpr std::size_t kMostDimensions = 64, kMostArguments = 64, kLongestKey = 100;

constexpr std::pair<std::string_view, const char*> kStorages[] = {
    {"torch.DoubleStorage", "F64"},    {"torch.FloatStorage", "F32"}, {"torch.HalfStorage", "F16"},
    {"torch.BFloat16Storage", "BF16"}, {"torch.LongStorage", "I64"},  {"torch.IntStorage", "I32"},
    {"torch.ShortStorage", "I16"},     {"torch.CharStorage", "I8"},   {"torch.ByteStorage", "U8"},
    {"torch.BoolStorage", "BOOL"}};

/// A machine that builds values of the opcodes that state dicts have.
class PickleReader {
 public:
  PickleReader(std::string_view bytes, std::string_view where) : bytes_(bytes), where_(where) {}

  /// The value that the pickle is.
  std::size_t read() {
    while (step()) {
    }
    return pop();
  }

  const Node& at(std::size_t node) const { return nodes_[node]; }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw DataError(fmt::format("{}: not a state dict of torch.save ({})", where_, why));
  }

  std::string_view take(std::uint64_t count) {
    if (count > bytes_.size() - at_) fail("it is cut short");
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  std::uint64_t integer(std::size_t bytes) {
    std::uint64_t value = 0;
    const std::string_view taken = take(bytes);
    for (std::size_t i = 0; i < bytes; ++i) value |= std::uint64_t{static_cast<unsigned char>(taken[i])} << (8 * i);
    return value;
  }
  std::string_view line() {
    const auto end = bytes_.find('\n', at_);
    if (end == bytes_.npos) fail("it is cut short");
    const std::string_view found = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return found;
  }

  void push(Node node) {
    nodes_.push_back(std::move(node));
    stack_.push_back(nodes_.size() - 1);
  }
  void push_number(std::int64_t number) { push({.kind = Kind::kNumber, .number = number}); }
  void push_text(std::string_view text) { push({.kind = Kind::kText, .text = std::string(text)}); }
  std::size_t pop() {
    if (stack_.empty() || (!marks_.empty() && marks_.back() == stack_.size())) fail("a value is missing");
    const std::size_t node = stack_.back();
    stack_.pop_back();
    return node;
  }
  std::size_t top() {
    const std::size_t node = pop();
    stack_.push_back(node);
    return node;
  }
  std::vector<std::size_t> pop_to_mark() {
    if (marks_.empty()) fail("a mark is missing");
    const std::vector<std::size_t> found(stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back()), stack_.end());
    stack_.resize(marks_.back());
    marks_.pop_back();
    return found;
  }
  void push_tuple(std::vector<std::size_t> parts) { push({.kind = Kind::kTuple, .parts = std::move(parts)}); }
  void push_tuple(std::size_t count) {
    std::vector<std::size_t> parts(count);
    for (std::size_t i = count; i-- > 0;) parts[i] = pop();
    push_tuple(std::move(parts));
  }
  void add_to_dict(const std::vector<std::size_t>& items) {
    Node& dict = nodes_[top()];  // items of what is no dict are left out with it
    if (dict.kind == Kind::kDict) dict.parts.insert(dict.parts.end(), items.begin(), items.end());
  }
  void get(std::uint64_t index) {
    const auto found = memo_.find(index);
    if (found == memo_.end()) fail("a value is missing");
    stack_.push_back(found->second);
  }

  std::vector<std::int64_t> numbers(std::size_t tuple) const {
    std::vector<std::int64_t> found;
    if (nodes_[tuple].parts.size() > kMostDimensions) fail("a tensor of too many dimensions");
    for (const std::size_t part : nodes_[tuple].parts) {
      if (nodes_[part].kind != Kind::kNumber) fail("a shape is not of whole numbers");
      found.push_back(nodes_[part].number);
    }
    return found;
  }

  /// ("storage", torch.FloatStorage, "0", "cpu", 16)
  void push_storage(const std::vector<std::size_t>& parts) {
    constexpr std::size_t kParts = 5;
    if (parts.size() != kParts || nodes_[parts[1]].kind != Kind::kGlobal || nodes_[parts[2]].kind != Kind::kText ||
        nodes_[parts[2]].text.size() > kLongestKey || nodes_[parts[4]].kind != Kind::kNumber) {
      fail("a storage is described otherwise");
    }
    Node storage{.kind = Kind::kStorage};
    storage.tensor.dtype = nodes_[parts[1]].text;
    for (const auto& [name, dtype] : kStorages) {
      if (name == nodes_[parts[1]].text) storage.tensor.dtype = dtype;
    }
    storage.tensor.storage = nodes_[parts[2]].text;
    const std::int64_t count = nodes_[parts[4]].number, width = bytes_of_dtype(storage.tensor.dtype).value_or(1);
    constexpr std::int64_t kMost = std::int64_t{1} << 48;
    if (count < 0 || count > kMost) fail("a storage of impossible size");
    storage.tensor.bytes = count * width;
    push(std::move(storage));
  }

  /// torch._utils._rebuild_tensor_v2(storage, offset, size, stride, ...)
  void push_tensor(const std::vector<std::size_t>& arguments) {
    constexpr std::size_t kLeast = 4;
    if (arguments.size() < kLeast || nodes_[arguments[0]].kind != Kind::kStorage ||
        nodes_[arguments[1]].kind != Kind::kNumber) {
      fail("a tensor is described otherwise");
    }
    Node tensor{.kind = Kind::kTensor, .tensor = nodes_[arguments[0]].tensor};
    tensor.tensor.shape = numbers(arguments[2]);
    tensor.tensor.strides = numbers(arguments[3]);
    const std::int64_t width = bytes_of_dtype(tensor.tensor.dtype).value_or(1), first = nodes_[arguments[1]].number;
    if (first < 0 || first > tensor.tensor.bytes / width) fail("a tensor begins outside of its storage");
    tensor.tensor.offset = first * width;
    tensor.tensor.bytes -= tensor.tensor.offset;
    push(std::move(tensor));
  }

  void call(std::size_t function, std::size_t tuple) {
    const std::string name = nodes_[function].text;
    if (nodes_[tuple].parts.size() > kMostArguments) fail("a call with too many values");
    const std::vector<std::size_t> arguments = nodes_[tuple].parts;
    if (name == "collections.OrderedDict") {
      push({.kind = Kind::kDict});
    } else if (name == "torch._utils._rebuild_tensor_v2") {
      push_tensor(arguments);
    } else if (name == "torch._utils._rebuild_parameter" && !arguments.empty()) {
      stack_.push_back(arguments[0]);
    } else {
      push({.kind = Kind::kOther, .text = name});
    }
  }

  /// One opcode; false at the end.
  bool step() {
    const char code = take(1)[0];
    switch (static_cast<unsigned char>(code)) {
      case 0x80:  // PROTO
        take(1);
        return true;
      case 0x95:  // FRAME
        take(8);
        return true;
      case '.':
        return false;
      case '(':
        marks_.push_back(stack_.size());
        return true;
      case '}':
        push({.kind = Kind::kDict});
        return true;
      case ')':
        push_tuple(std::size_t{0});
        return true;
      case 0x85:
      case 0x86:
      case 0x87:  // TUPLE1, TUPLE2, TUPLE3
        push_tuple(static_cast<std::size_t>(static_cast<unsigned char>(code) - 0x84));
        return true;
      case 't':
        push_tuple(pop_to_mark());
        return true;
      case 'K':
        push_number(static_cast<std::int64_t>(integer(1)));
        return true;
      case 'M':
        push_number(static_cast<std::int64_t>(integer(2)));
        return true;
      case 'J':
        push_number(static_cast<std::int32_t>(integer(4)));
        return true;
      case 0x8a: {  // LONG1: little-endian, two's complement
        const std::size_t bytes = integer(1);
        constexpr std::size_t kMost = 8;
        if (bytes > kMost) fail("a number beyond 64 bits");
        const std::size_t unused = 8 * (kMost - bytes);
        push_number(bytes == 0 ? 0 : static_cast<std::int64_t>(integer(bytes) << unused) >> unused);
        return true;
      }
      case 'X':
        push_text(take(integer(4)));
        return true;
      case 0x8c:  // SHORT_BINUNICODE
        push_text(take(integer(1)));
        return true;
      case 0x8d:  // BINUNICODE8
        push_text(take(integer(8)));
        return true;
      case 'G':
        take(8);
        push({});
        return true;
      case 'N':
      case 0x88:
      case 0x89:  // NEWTRUE, NEWFALSE
      case ']':
        push({});
        return true;
      case 'q':
        memo_[integer(1)] = top();
        return true;
      case 'r':
        memo_[integer(4)] = top();
        return true;
      case 0x94:  // MEMOIZE
        memo_.emplace(memo_.size(), top());
        return true;
      case 'h':
        get(integer(1));
        return true;
      case 'j':
        get(integer(4));
        return true;
      case 'c': {
        const std::string module(line()), name(line());
        push({.kind = Kind::kGlobal, .text = module + "." + name});
        return true;
      }
      case 0x93: {  // STACK_GLOBAL
        const std::size_t name = pop(), module = pop();
        push({.kind = Kind::kGlobal, .text = nodes_[module].text + "." + nodes_[name].text});
        return true;
      }
      case 'R':
      case 0x81: {  // REDUCE, NEWOBJ
        const std::size_t arguments = pop(), function = pop();
        call(function, arguments);
        return true;
      }
      case 'Q':
        push_storage(nodes_[pop()].parts);
        return true;
      case 's': {
        const std::size_t value = pop(), key = pop();
        add_to_dict({key, value});
        return true;
      }
      case 'u':
        add_to_dict(pop_to_mark());
        return true;
      case 'a':
      case 'b':  // the state of an object, such as the versions that a state dict carries
        pop();
        return true;
      case 'e':
        pop_to_mark();
        return true;
      default:
        fail(fmt::format("it has the opcode {:#04x}, which none has", static_cast<unsigned char>(code)));
    }
  }

  std::string_view bytes_;
  std::string_view where_;
  std::size_t at_ = 0;
  std::vector<Node> nodes_;
  std::vector<std::size_t> stack_;
  std::vector<std::size_t> marks_;  ///< sizes of the stack
  std::map<std::uint64_t, std::size_t> memo_;
};

std::vector<StoredTensor> tensors_of(const PickleReader& pickle, const Node& dict) {
  std::vector<StoredTensor> found;
  for (std::size_t i = 0; i + 1 < dict.parts.size(); i += 2) {
    const Node &key = pickle.at(dict.parts[i]), &value = pickle.at(dict.parts[i + 1]);
    if (key.kind != Kind::kText || value.kind != Kind::kTensor) continue;
    found.push_back(value.tensor);
    found.back().name = key.text;
  }
  return found;
}

}  // namespace

std::vector<StoredTensor> parse_state_pickle(std::string_view bytes, std::string_view where) {
  PickleReader pickle(bytes, where);
  const Node& top = pickle.at(pickle.read());
  if (top.kind != Kind::kDict) {
    const std::string is = top.text.empty() ? "something else" : "a Python object of " + one_line(top.text, 100);
    throw DataError(fmt::format(
        "{}: holds {}, which only Python can load; save its weights there: torch.save(model.state_dict(), FILE)", where,
        is));
  }
  std::vector<StoredTensor> found = tensors_of(pickle, top);
  std::vector<std::string> names;  // of state dicts inside
  for (std::size_t i = 0; found.empty() && names.size() < 2 && i + 1 < top.parts.size(); i += 2) {
    const Node &key = pickle.at(top.parts[i]), &value = pickle.at(top.parts[i + 1]);
    if (key.kind != Kind::kText || value.kind != Kind::kDict || tensors_of(pickle, value).empty()) continue;
    names.push_back(one_line(key.text, 40));
  }
  if (names.size() > 1) {
    throw DataError(
        fmt::format("{}: holds several state dicts ({}); save the one that is meant", where, fmt::join(names, ", ")));
  }
  for (std::size_t i = 0; !names.empty() && i + 1 < top.parts.size(); i += 2) {
    const Node& value = pickle.at(top.parts[i + 1]);
    if (value.kind == Kind::kDict && found.empty()) found = tensors_of(pickle, value);
  }
  if (found.empty()) throw DataError(fmt::format("{}: a dictionary without tensors, not a state dict", where));
  for (const StoredTensor& tensor : found) require_inside_storage(tensor, where);
  return found;
}

}  // namespace flnas::nn
