#include "harness/latency/estimation/platform.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "harness/records/record_json.h"
#include "tests/base/fixture.h"

using namespace flnas;
using test::contains;
using test::message_of;

namespace {

/// A file system with what a board tells of itself.
struct Board : test::TemporaryFolder {
  Board(const std::string& device_tree, const std::string& cpuinfo) {
    std::filesystem::create_directories(path / "proc/device-tree");
    if (!device_tree.empty()) write_file(path / "proc/device-tree/model", device_tree + std::string(1, '\0'));
    write_file(path / "proc/cpuinfo", cpuinfo);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(platform)

BOOST_AUTO_TEST_CASE(every_shipped_platform_loads_under_its_own_name) {
  const auto names = platform_names();
  BOOST_TEST(names.size() >= 8U);
  for (const auto& name : names) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(load_platform(name).name == name); }
  }
}

BOOST_AUTO_TEST_CASE(a_raspberry_pi_is_told_by_its_device_tree) {
  const Board board("Raspberry Pi 4 Model B Rev 1.4", "processor\t: 0\nModel\t\t: Raspberry Pi 4 Model B Rev 1.4\n");
  const MachineIdentity machine = read_machine_identity(board.path);
  BOOST_TEST(machine.device_tree == "Raspberry Pi 4 Model B Rev 1.4");
  BOOST_TEST(is_present(load_platform("pi4"), machine));
  BOOST_TEST(!is_present(load_platform("pi5"), machine));
  BOOST_TEST(!is_present(load_platform("a10"), machine));
  BOOST_TEST(is_present(load_platform("host"), machine));
}

BOOST_AUTO_TEST_CASE(a_processor_that_qemu_pretends_to_be_is_no_board) {
  const Board board("Raspberry Pi 4 Model B Rev 1.4", "");
  write_file(board.path / "proc/self/comm", "flnas-bench\n");
  BOOST_TEST(is_present(load_platform("pi4"), read_machine_identity(board.path)));
  write_file(board.path / "proc/self/comm", "qemu-aarch64-st\n");
  BOOST_TEST(read_machine_identity(board.path).emulated);
  BOOST_TEST(!is_present(load_platform("pi4"), read_machine_identity(board.path)));
}

BOOST_AUTO_TEST_CASE(a_pc_is_only_the_host) {
  const Board board("", "processor\t: 0\nmodel name\t: Some Processor @ 2 GHz\n");
  const MachineIdentity machine = read_machine_identity(board.path);
  BOOST_TEST(machine.cpu == "Some Processor @ 2 GHz");
  for (const auto& name : platform_names()) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(is_present(load_platform(name), machine) == (name == "host")); }
  }
}

BOOST_AUTO_TEST_CASE(an_a100_is_no_a10) {
  MachineIdentity machine;
  machine.cuda = {"NVIDIA A100-SXM4-80GB"};
  BOOST_TEST(!is_present(load_platform("a10"), machine));
  machine.cuda = {"NVIDIA A10"};
  BOOST_TEST(is_present(load_platform("a10"), machine));
}

BOOST_AUTO_TEST_CASE(an_emulator_is_no_device) {
  const Board board("Raspberry Pi 4 Model B", "");
  MachineIdentity machine = read_machine_identity(board.path);
  machine.emulated = true;
  BOOST_TEST(!is_present(load_platform("pi4"), machine));
}

BOOST_AUTO_TEST_CASE(a_board_is_added_by_a_file) {
  const test::TemporaryFolder folder;
  Platform board = load_platform("pi5");
  board.name = "board";
  board.recognised_by.device_tree = {"My Board"};
  const std::string file = folder / "board.json";
  write_json(file, record_to_json(board));
  MachineIdentity machine;
  machine.device_tree = "My Board v2";
  BOOST_TEST(is_present(load_platform(file), machine));

  Json json = record_to_json(board);
  json["thread"] = Json::array({1});
  write_json(file, json);
  BOOST_TEST(contains(message_of<DataError>([&] { load_platform(file); }), "did you mean 'threads'"));
  json = record_to_json(board);
  json["device"] = "tpu";
  write_json(file, json);
  BOOST_TEST(contains(message_of<ConfigError>([&] { load_platform(file); }), "device must be cpu or cuda"));
  json = record_to_json(board);
  json["rates"]["bandwidth_gb_s"] = 0;
  write_json(file, json);
  BOOST_CHECK_THROW(load_platform(file), DataError);
}

BOOST_AUTO_TEST_CASE(an_unknown_platform_names_the_nearest) {
  BOOST_TEST(contains(message_of<ConfigError>([] { load_platform("pi44"); }), "did you mean 'pi4'"));
  BOOST_TEST(contains(message_of<ConfigError>([] { load_platform("none.json"); }), "no such platform file"));
}

BOOST_AUTO_TEST_SUITE_END()
