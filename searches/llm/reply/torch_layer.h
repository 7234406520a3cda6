#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "searches/llm/reply/python_syntax.h"

namespace flnas::searches {

/// A layer of torch.nn with its arguments by name, defaults filled in.
class TorchLayer {
 public:
  /// Binds positional and keyword arguments to the layer's signature; appends what does not fit to `problems`. Empty
  /// when an architecture has no such layer. `place` begins the problems: "layer 3 (line 7)".
  static std::optional<TorchLayer> bind(const PyValue& call, const std::string& place,
                                        std::vector<std::string>& problems);

  const std::string& name() const { return name_; }
  const std::string& place() const { return place_; }

  /// One integer, or a pair of equal ones. Appends a problem for anything else.
  std::optional<std::int64_t> integer(const std::string& key, std::vector<std::string>& problems) const;
  /// The same where the network itself knows the value: a name or an expression (num_classes, 64 * h * w) is empty
  /// without being a problem.
  std::optional<std::int64_t> known_integer(const std::string& key, std::vector<std::string>& problems) const;
  bool boolean(const std::string& key, std::vector<std::string>& problems) const;
  double number(const std::string& key, std::vector<std::string>& problems) const;
  std::string text(const std::string& key, std::vector<std::string>& problems) const;
  bool is_text(const std::string& key) const;

 private:
  void wrong(const std::string& key, const char* expected, std::vector<std::string>& problems) const;

  std::string name_, place_;
  std::map<std::string, PyValue> values_;
};

}  // namespace flnas::searches
