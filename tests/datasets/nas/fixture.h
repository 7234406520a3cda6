#pragma once

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <string>

#include "harness/base/files.h"
#include "tests/base/fixture.h"
#include "tests/support/paths.h"
#include "tests/support/preconditions.h"

namespace flnas::test {

/// A table of four cells of one made-up data set, all of whose traps are there: cell 7 cannot be measured on the phone,
/// one proxy is -inf, one is blank, one carries the mark of a failure, and the last cell has no row in zc13.
struct SmallNasTable {
  TemporaryFolder folder;
  std::filesystem::path tables = folder / "tables", cache = folder / "cache";

  SmallNasTable() {
    write("table.json", R"({"name": "small", "cells": 4, "note": "made up"})");
    write("nb201_arch_acc.csv",
          "index,arch_str,e01,e02,e12,e03,e13,e23,toy_test_90,toy_val_90,toy_test_5,toy_val_5\n"
          "0,|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|,"
          "4,2,1,2,1,1,80.5,79,60,61\n"
          "7,|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|,0,0,0,1,0,0,70,,50,51\n"
          "12,|nor_conv_3x3~0|+|none~0|none~1|+|none~0|nor_conv_3x3~1|none~2|,3,0,0,0,3,0,85,,65,66\n"
          "15624,|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|,0,0,0,2,0,0,75,,55,56.5\n");
    write("hw_toy.csv",
          "index,phone_latency,phone_energy,board_latency,board_arithmetic_intensity\n"
          "12,3,30,9,1\n0,1.5,15,4,1\n7,-1,2,0.5,1\n15624,2,20,6,1\n");
    write("zc13_toy.csv", "index,jacov,zen\n0,-5,1\n7,-100000000,\n12,-7,3\n");
    write("zc_full_toy.csv", "index,naswot,flops_M\n0,700,10\n7,-inf,1\n12,720,40\n15624,710,8\n");
  }
  void write(const std::string& name, const std::string& text) const { write_file(tables / name, text); }
  std::string text(const std::string& name) const { return read_file(tables / name); }
  /// The file with the first `from` replaced.
  void change(const std::string& name, const std::string& from, const std::string& to) const {
    std::string content = text(name);
    BOOST_TEST_REQUIRE(content.find(from) != content.npos);
    write(name, content.replace(content.find(from), from.size(), to));
  }
};

/// The published tables, of tests with the precondition `has_published_nas_tables`.
inline std::filesystem::path published_nas_tables() { return shared_data("nasbench"); }
inline Precondition has_published_nas_tables() { return has_shared_data("nasbench/nb201_arch_acc.csv"); }

}  // namespace flnas::test
