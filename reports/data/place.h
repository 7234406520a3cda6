#pragma once

#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <type_traits>

#include "harness/records/files.h"
#include "harness/records/read_record.h"
#include "reports/document/table.h"

namespace flnas::reports {

/// A key, whatever is in it, as one step of a JSON pointer.
std::string pointer_step(std::string key);

/// A record's file as it was found.
struct RecordFile {
  std::string folder;  ///< relative to the report's: "runs/search3-s1-0a1b2c3d"; blank: its own
  std::string file = kRunFile;
  std::string problem;                    ///< why there are no numbers; empty for a run that passed or is unreliable
  std::optional<std::string> unreliable;  ///< why its numbers should not be believed
  std::string digest = {};                ///< as a search's or suite's file says

  bool read = true;  ///< false: missing or damaged, so that the record is blank

  bool usable() const { return problem.empty(); }
};

/// A value of a record and where it stands, whether it is there or not:
///
///     metrics.at(&RunMetrics::groups)["male"].at(&GroupMetrics::accuracy)      // "/metrics/groups/male/accuracy"
///
/// A step into a std::optional leads to what it holds. Every step from a place without a value has none either.
template <class T>
class Place {
 public:
  Place(const RecordFile* file, const T* value, std::string key) : file_(file), value_(value), key_(std::move(key)) {}

  /// Null: there is no such record.
  const RecordFile* file() const { return file_; }
  const std::string& key() const { return key_; }
  /// The key's last step.
  std::string name() const { return key_.substr(key_.rfind('/') + 1); }
  Provenance provenance() const {
    return file_ == nullptr ? Provenance{} : Provenance{file_->folder, file_->file, key_};
  }

  explicit operator bool() const { return value_ != nullptr; }
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_; }
  T value_or(T other) const { return value_ == nullptr ? other : *value_; }
  /// As a number; none where there is no value.
  std::optional<double> number() const requires std::is_arithmetic_v<T> {
    return value_ == nullptr ? std::nullopt : std::optional(static_cast<double>(*value_));
  }

  template <class M, class U>
  requires std::derived_from<T, U>
  auto at(M U::*member) const { return step(value_ == nullptr ? nullptr : &(value_->*member), member_name<T>(member)); }
  /// An element of a list.
  auto operator[](std::size_t i) const requires read_detail::IsList<T>::value {
    return step(value_ == nullptr || i >= value_->size() ? nullptr : &(*value_)[i], std::to_string(i));
  }
  auto operator[](const std::string& name) const requires read_detail::IsByName<T>::value {
    return step(value_ == nullptr ? nullptr : value_->find(name), pointer_step(name));
  }

 private:
  template <class M>
  auto step(const M* inner, const std::string& key) const {
    const std::string at = key_ + "/" + key;
    if constexpr (read_detail::kIsOptional<M>) {
      return Place<typename M::value_type>(file_, inner != nullptr && *inner ? &**inner : nullptr, at);
    } else {
      return Place<M>(file_, inner, at);
    }
  }

  const RecordFile* file_;
  const T* value_;
  std::string key_;
};

/// A record with its file.
template <class T>
struct Found : RecordFile {
  T record;

  Place<T> place() const { return {this, &record, ""}; }
  template <class M, class U>
  auto at(M U::*member) const {
    return place().at(member);
  }
};

/// The place of a record that may not be there.
template <class T>
Place<T> place_of(const Found<T>* found) {
  return found == nullptr ? Place<T>(nullptr, nullptr, "") : found->place();
}

}  // namespace flnas::reports
