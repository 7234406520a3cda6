// Settings that not every search takes. A space, or a way to evaluate, that has flags of its own lists them in a plain
// struct (harness/base/fields.h); a request holds all of these structs without knowing their types.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "harness/base/fields.h"

namespace flnas::searches {

/// Values of settings structs, each struct once.
class OwnSettings {
 public:
  OwnSettings() = default;
  OwnSettings(const OwnSettings& other) { add(other); }
  OwnSettings(OwnSettings&&) = default;
  OwnSettings& operator=(const OwnSettings& other) { return *this = OwnSettings(other); }
  OwnSettings& operator=(OwnSettings&&) = default;
  ~OwnSettings() = default;

  /// Of these structs, with their defaults.
  template <class... Structs>
  static OwnSettings with() {
    OwnSettings all;
    (all.parts_.push_back(std::make_unique<PartOf<Structs>>()), ...);
    return all;
  }

  /// Adds those structs that are not there yet.
  void add(const OwnSettings& others) {
    for (const auto& part : others.parts_) {
      bool is_there = false;
      for (const auto& own : parts_) is_there = is_there || own->is_like(*part);
      if (!is_there) parts_.push_back(part->clone());
    }
  }

  /// A struct, which has to be there.
  template <class Struct>
  const Struct& of() const {
    for (const auto& part : parts_) {
      if (const auto* found = dynamic_cast<const PartOf<Struct>*>(part.get())) return found->settings;
    }
    throw std::logic_error("these settings are no part of the request");
  }
  template <class Struct>
  Struct& of() {
    return const_cast<Struct&>(std::as_const(*this).of<Struct>());
  }

  /// The fields of all structs, as a settings struct's own.
  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    for (const auto& part : self.parts_) {
      for (const Field& field : part->fields()) {
        std::visit(
            [&](auto* value) {
              if constexpr (std::is_const_v<Self>) {
                visit(field.name, std::as_const(*value), field.help, field.traits);
              } else {
                visit(field.name, *value, field.help, field.traits);
              }
            },
            field.value);
      }
    }
  }

  /// "proxy_batch", ...
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for_each_field(*this,
                   [&](const char* name, const auto&, const char*, const FieldTraits&) { names.emplace_back(name); });
    return names;
  }

 private:
  /// The types that a flag may have.
  using Value = std::variant<bool*, int*, unsigned*, std::int64_t*, double*, std::string*, std::filesystem::path*,
                             std::vector<std::string>*>;
  struct Field {
    const char* name;
    Value value;
    const char* help;
    FieldTraits traits;
  };

  struct Part {
    virtual ~Part() = default;
    virtual std::unique_ptr<Part> clone() const = 0;
    virtual bool is_like(const Part& other) const = 0;
    virtual std::vector<Field> fields() = 0;
  };
  template <class Struct>
  struct PartOf : Part {
    Struct settings;

    std::unique_ptr<Part> clone() const override { return std::make_unique<PartOf>(*this); }
    bool is_like(const Part& other) const override { return dynamic_cast<const PartOf*>(&other) != nullptr; }
    std::vector<Field> fields() override {
      std::vector<Field> all;
      Struct::for_each_field(settings,
                             [&](const char* name, auto& value, const char* help, const FieldTraits& traits = {}) {
                               all.push_back({name, &value, help, traits});
                             });
      return all;
    }
  };

  std::vector<std::unique_ptr<Part>> parts_;
};

}  // namespace flnas::searches
