// datasets/nas/convert.py on made-up files in the official form, where there is a python3.
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "datasets/nas/nas_table.h"
#include "harness/base/files.h"
#include "harness/base/process.h"
#include "tests/datasets/nas/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::test::contains;

namespace {

// Two cells. ImageNet16-120 has two seeds; the first cell cannot be measured on edgetpu.
constexpr char kMake[] = R"(
import bz2, collections, pickle
archs = ['|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|',
         '|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|']
def save(name, value):
    with bz2.open('nats/' + name + '.pickle.pbz2', 'wb') as file: pickle.dump(value, file, protocol=4)
save('meta', {'meta_archs': archs, 'total_archs': 2})
for index, arch in enumerate(archs):
    info = collections.OrderedDict()
    for hp in (12, 200):
        results = {}
        for data, seed, names in (('cifar10', 777, ['ori-test']), ('cifar10-valid', 777, ['x-valid', 'ori-test']),
                                  ('cifar100', 777, ['x-valid', 'x-test']), ('ImageNet16-120', 777, ['x-valid', 'x-test']),
                                  ('ImageNet16-120', 888, ['x-valid', 'x-test'])):
            last = hp - 1
            results[(data, seed)] = {'seed': seed, 'eval_acc1es': {f'{n}@{last}': 10.0 + index + len(n) + seed / 1000 + hp / 10 for n in names}}
        info[str(hp)] = {'arch_index': index, 'arch_str': arch, 'all_results': results}
    save(f'{index:06d}', info)
metrics = ['edgegpu_latency', 'edgegpu_energy', 'raspi4_latency', 'edgetpu_latency', 'pixel3_latency', 'eyeriss_latency',
           'eyeriss_energy', 'eyeriss_arithmetic_intensity', 'fpga_latency', 'fpga_energy']
table = {m: [1.5, 2.5] for m in metrics}
table['edgetpu_latency'] = [-1, 3.25]
table['config'] = [{'arch_str': a} for a in archs]
pickle.dump({'nasbench201': {d: table for d in ('cifar10', 'cifar100', 'ImageNet16-120')}}, open('hw.pickle', 'wb'))
)";

struct Convert : test::TemporaryFolder {
  ProcessResult shell(const std::string& script) const {
    return system_processes().run({"sh", "-c", script}, path, "", std::chrono::seconds(60));
  }
  ProcessResult convert(const std::string& arguments) const {
    return shell(fmt::format("python3 {}/../datasets/nas/convert.py {}", tests::tests_dir(), arguments));
  }
  Convert() {
    write_file(path / "make.py", std::string(kMake));
    const auto result = shell("mkdir nats && python3 make.py");
    BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(nas_convert, Convert,
                         *boost::unit_test::tolerance(1e-9) *
                             boost::unit_test::precondition(test::has_program("python3")))

BOOST_AUTO_TEST_CASE(official_files_become_a_table) {
  const auto result = convert("--nats nats --hw hw.pickle --out tables");
  BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  const NasTable table = NasTable::open(path / "tables", path / "cache");
  BOOST_TEST(table.info().cells == 2u);
  BOOST_TEST(table.datasets().size() == 3u);
  const NasSearchView imagenet = table.search_view("ImageNet16-120");
  BOOST_TEST(imagenet.epochs() == 12);
  BOOST_TEST(imagenet.validation()[1] == 10 + 1 + 7 + (0.777 + 0.888) / 2 + 1.2);  // the mean over two seeds
  BOOST_TEST(table.scores("cifar10").epochs == 200);
  BOOST_TEST(table.scores("cifar10").test[0] == 10 + 8 + 0.777 + 20);
  BOOST_TEST(std::isnan(imagenet.cost("edgetpu", "latency")[0]));
  BOOST_TEST(imagenet.cost("edgetpu", "latency")[1] == 3.25);
}

BOOST_AUTO_TEST_CASE(wrong_files_are_one_clear_line) {
  const auto check = [&](const std::string& arguments, const std::string& message) {
    const auto result = convert(arguments);
    BOOST_TEST(result.exit_code != 0);
    BOOST_TEST(contains(result.output, message), result.output);
    BOOST_TEST(!contains(result.output, "Traceback"), result.output);
  };
  check("--nats nowhere --hw hw.pickle --out t", "error: nowhere/meta.pickle.pbz2: no such file");
  check("--nats nats --hw make.py --out t", "error: make.py: cannot be read");
  check("--nats nats --hw nats/meta.pickle.pbz2 --out t", "no 'nasbench201' in it");
  check("--nats nats --out t", "--hw");
  shell("python3 -c \"import pickle, os; pickle.dump({'nasbench201': os.system}, open('bad.pickle', 'wb'))\"");
  check("--nats nats --hw bad.pickle --out t", "which no official file does");
  shell("truncate -s 100 nats/000001.pickle.pbz2");
  check("--nats nats --hw hw.pickle --out t", "000001.pickle.pbz2: cannot be read");
}

BOOST_AUTO_TEST_SUITE_END()
