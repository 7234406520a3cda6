#include "harness/jobs/pool.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <map>
#include <thread>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/base/fixture.h"

namespace {

namespace fs = std::filesystem;
using flnas::Job;

struct Folder : flnas::test::TemporaryFolder {
  Job shell(const std::string& name, const std::string& script) const {
    return {name, {"sh", "-c", script}, path / (name + ".log")};
  }
};

std::map<std::string, int> run(const std::vector<Job>& jobs, int parallel) {
  std::map<std::string, int> codes;
  flnas::run_jobs(jobs, parallel, [&](const Job& job, int code) { codes[job.name] = code; });
  return codes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pool)

BOOST_AUTO_TEST_CASE(each_job_ends_with_its_own_exit_code_and_a_failure_stops_no_other) {
  const Folder folder;
  const auto codes = run({folder.shell("good", "true"), folder.shell("bad", "exit 3"),
                          folder.shell("killed", "kill -9 $$"), folder.shell("last", "true")},
                         2);
  BOOST_TEST(codes.at("good") == 0);
  BOOST_TEST(codes.at("bad") == 3);
  BOOST_TEST(codes.at("killed") == 128 + 9);
  BOOST_TEST(codes.at("last") == 0);
}

BOOST_AUTO_TEST_CASE(what_jobs_print_goes_to_their_logs_when_several_run) {
  const Folder folder;
  run({folder.shell("a", "echo out; echo err >&2"), folder.shell("b", "true")}, 2);
  BOOST_TEST(flnas::read_file(folder.path / "a.log") == "out\nerr\n");
}

BOOST_AUTO_TEST_CASE(at_most_the_given_number_run_at_once) {
  const Folder folder;
  flnas::create_folder(folder.path);
  // Each job notes how many are running; with two places no note may say three.
  const std::string script = "touch " + (folder.path / "run").string() + ".$$; ls " + folder.path.string() +
                             " | grep -c run >> " + (folder.path / "seen").string() + "; sleep 0.1; rm " +
                             (folder.path / "run").string() + ".$$";
  std::vector<Job> jobs;
  for (int i = 0; i < 6; ++i) jobs.push_back(folder.shell("job" + std::to_string(i), script));
  run(jobs, 2);
  const std::string seen = flnas::read_file(folder.path / "seen");
  BOOST_TEST(seen.find('3') == std::string::npos);
  BOOST_TEST(seen.find('2') != std::string::npos);
}

/// Running: neither gone nor a zombie.
bool runs(const std::string& pid) {
  const fs::path stat = "/proc/" + pid + "/stat";
  if (!fs::exists(stat)) return false;
  const std::string text = flnas::read_file(stat);
  return text.substr(text.rfind(')') + 2, 1) != "Z";
}

BOOST_AUTO_TEST_CASE(a_job_ends_with_its_program_even_when_that_is_killed) {
  const Folder folder;
  const auto eventually = [](const auto& holds) {
    for (int i = 0; i < 1000 && !holds(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return holds();
  };
  const fs::path noted = folder.path / "pid";
  const std::string script = "echo $$ > " + noted.string() + ".new; mv " + noted.string() + ".new " + noted.string();
  const pid_t program = ::fork();
  if (program == 0) {
    run({folder.shell("long", script + "; exec sleep 60")}, 1);
    ::_exit(0);
  }
  BOOST_TEST_REQUIRE(eventually([&] { return fs::exists(noted); }));
  std::string job = flnas::read_file(noted);
  job.pop_back();
  BOOST_TEST(runs(job));
  ::kill(program, SIGKILL);
  ::waitpid(program, nullptr, 0);
  BOOST_TEST(eventually([&] { return !runs(job); }));
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_is_an_io_error) {
  BOOST_CHECK_THROW(run({{"none", {"/no/such/program"}, {}}}, 1), flnas::IoError);
}

BOOST_AUTO_TEST_SUITE_END()
