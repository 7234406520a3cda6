#include "searches/llm/chat/chat_pool.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

#include "harness/base/error.h"
#include "searches/llm/chat/ledger.h"
#include "searches/llm/chat/recording.h"
#include "tests/searches/llm/chat/fixture.h"

using namespace flnas;
using namespace flnas::searches;

namespace {

std::atomic<int> under_way = 0, most = 0;

/// Takes a moment, and refuses to be asked twice at once; fails where the question says so.
class Slow : public ChatClient {
 public:
  ChatReply ask(const ChatRequest& request) override {
    const bool alone = !busy_.exchange(true);
    most = std::max<int>(most, ++under_way);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    --under_way;
    busy_ = false;
    if (!alone) throw Error("asked twice at once");
    if (request.messages[1].content == "fail") throw RemoteError("it went away");
    return {.text = "to " + request.messages[1].content, .source = "slow"};
  }

 private:
  std::atomic<bool> busy_ = false;
};

std::vector<std::unique_ptr<ChatClient>> slow_clients(int count) {
  std::vector<std::unique_ptr<ChatClient>> clients;
  for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<Slow>());
  return clients;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(chat_pool)

BOOST_AUTO_TEST_CASE(questions_are_asked_at_once_up_to_the_number_of_clients_and_every_exchange_is_kept) {
  const test::TemporaryFolder folder;
  ChatPool pool(slow_clients(3));
  const auto recorder = make_recording_chat(pool, folder / "r.jsonl");
  LedgerChat ledger(*recorder, {});
  most = 0;
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 4; ++j) {
        const std::string text = std::to_string(10 * i + j);
        right += ledger.ask(test::question(text)).text == "to " + text;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(right == 32);
  BOOST_TEST(most > 1);
  BOOST_TEST(most <= 3);
  BOOST_TEST(ledger.record().calls == 32);
  BOOST_TEST(read_recording(folder / "r.jsonl").size() == 32u);
}

BOOST_AUTO_TEST_CASE(a_client_that_failed_is_free_again) {
  ChatPool pool(slow_clients(1));
  BOOST_CHECK_THROW(pool.ask(test::question("fail")), RemoteError);
  BOOST_TEST(pool.ask(test::question("more")).text == "to more");
}

BOOST_AUTO_TEST_SUITE_END()
