#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "harness/base/json.h"
#include "harness/http/http.h"

namespace flnas::test {

/// Headless Chromium by chromedriver: the part of W3C WebDriver that the tests need.
class WebDriver {
 public:
  static bool available() {
    return ::access("/usr/bin/chromedriver", X_OK) == 0 && ::access("/usr/bin/chromium", X_OK) == 0;
  }

  WebDriver() {
    port_ = 20000 + static_cast<int>(::getpid()) % 20000;
    driver_ = ::fork();
    if (driver_ == 0) {
      ::setsid();
      const int null = ::open("/dev/null", O_RDWR);
      for (const int stream : {0, 1, 2}) ::dup2(null, stream);
      const std::string port = "--port=" + std::to_string(port_);
      ::execl("/usr/bin/chromedriver", "chromedriver", port.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    const Json arguments = {"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"};
    const Json wanted = {{"browserName", "chrome"},
                         {"goog:chromeOptions", {{"args", arguments}, {"binary", "/usr/bin/chromium"}}},
                         {"goog:loggingPrefs", {{"browser", "ALL"}}}};
    for (int attempt = 0; session_.empty(); ++attempt) {
      try {
        session_ = "/session/" +
                   post("/session", {{"capabilities", {{"alwaysMatch", wanted}}}}).at("sessionId").get<std::string>();
      } catch (const std::runtime_error&) {
        if (attempt == 50) throw;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
      }
    }
  }
  ~WebDriver() {
    ::kill(-driver_, SIGTERM);
    ::waitpid(driver_, nullptr, 0);
  }
  WebDriver(const WebDriver&) = delete;
  WebDriver& operator=(const WebDriver&) = delete;

  void open(const std::string& url) { post(session_ + "/url", {{"url", url}}); }
  void resize(int width, int height) { post(session_ + "/window/rect", {{"width", width}, {"height", height}}); }
  /// What a script returns; it is the body of a function.
  Json run(const std::string& script) {
    return post(session_ + "/execute/sync", {{"script", script}, {"args", Json::array()}});
  }
  /// A real click, as by the mouse: fails where something covers the element.
  void click(const std::string& selector) {
    run("document.querySelector(" + Json(selector).dump() + ").scrollIntoView({block: 'center', behavior: 'instant'})");
    post(session_ + "/element/" + element(selector) + "/click", Json::object());
  }
  /// Keys for the focused element; "\uE006" is Return, "\uE00C" Escape, "\uE004" Tab.
  void type(const std::string& keys) {
    Json actions = Json::array();
    actions.push_back({{"type", "keyDown"}, {"value", keys}});
    actions.push_back({{"type", "keyUp"}, {"value", keys}});
    post(session_ + "/actions", {{"actions", {{{"type", "key"}, {"id", "keyboard"}, {"actions", actions}}}}});
  }
  /// What the page has written to the console since the last call.
  Json console() { return post(session_ + "/se/log", {{"type", "browser"}}); }

 private:
  std::string element(const std::string& selector) {
    const Json found = post(session_ + "/element", {{"using", "css selector"}, {"value", selector}});
    return found.begin().value().get<std::string>();
  }
  Json post(const std::string& path, const Json& body) {
    std::string text;
    http::Request request;
    request.url = "http://127.0.0.1:" + std::to_string(port_) + path;
    request.headers = {"Content-Type: application/json"};
    request.body = body.dump();
    const auto response = http::send(request, [&](const http::Response&, std::string_view part) { text += part; });
    const Json answer = Json::parse(text, nullptr, false);
    if (response.status != 200 || answer.is_discarded()) throw std::runtime_error(path + ": " + response.error + text);
    return answer.at("value");
  }

  int port_;
  pid_t driver_;
  std::string session_;
};

}  // namespace flnas::test
