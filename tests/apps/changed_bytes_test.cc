// One changed byte in any kind of file that a program wrote makes `flnas verify` INVALID, and it names that file.
#include <boost/test/unit_test.hpp>
#include <vector>

#include "harness/base/files.h"
#include "harness/base/json.h"
#include "tests/apps/fixture.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

struct Records : tests::Program {
  /// Changes the byte in the middle of each file, one at a time, and verifies `out`.
  void change_each(const std::string& out, const std::vector<std::string>& names) const {
    const auto untouched = run("verify " + out);
    BOOST_TEST_CONTEXT(untouched.output) { BOOST_TEST_REQUIRE(untouched.exit_code == 0); }
    for (const std::string& name : names) {
      const auto file = root / out / name;
      const std::string content = read_file(file);
      std::string changed = content;
      char& byte = changed[changed.size() / 2];
      byte = static_cast<char>(byte ^ 1);
      write_file(file, changed);
      const auto verified = run("verify " + out);
      BOOST_TEST_CONTEXT(name << ": " << verified.output) {
        BOOST_TEST(verified.exit_code == 1);
        BOOST_TEST(contains("\n" + verified.output, "\n" + name));
      }
      write_file(file, content);
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(changed_bytes, Records)

BOOST_AUTO_TEST_CASE(of_a_comparison_of_designers) {
  const auto compared =
      run(fmt::format("search compare --designers evolution,random --best pareto --data data --split split.json --task "
                      "binary --size 16 --epochs 1 --threads 1 --device cpu --iterations 2 --target none --choices "
                      "{}/../searches/spaces/small.json --out out",
                      FLNAS_TESTS_DIR));
  BOOST_TEST_CONTEXT(compared.output) { BOOST_TEST_REQUIRE(compared.exit_code == 0); }
  const Json arm = read_json(root / "out/seed-1/random/search.json");
  std::vector<std::string> names = {"comparison.json", "seed-1/random/search.json"};
  for (const auto& [name, unused] : arm.at("files").items()) {
    const bool shared = name.starts_with("designs/") || name.starts_with("reported/");
    names.push_back((shared ? "seed-1/" : "seed-1/random/") + name);
  }
  BOOST_TEST(names.size() > 7u);
  change_each("out", names);
}

BOOST_AUTO_TEST_CASE(of_an_estimate) {
  BOOST_TEST_REQUIRE(run("measure search3 --platform pi4 --out out/h").exit_code == 0);
  change_each("out", {"h/run.json", "h/estimate.json"});
}

BOOST_AUTO_TEST_SUITE_END()
