// Arguments are copied or moved into the thread; what is handed over by std::ref is not touched until the join.
#include <cassert>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

int main() {
  std::string text = "abc";
  std::string result;
  auto number = std::make_unique<int>(3);
  std::thread t([](std::string copy, std::unique_ptr<int> owned, std::string& out) { out = copy + std::to_string(*owned); }, text,
                std::move(number), std::ref(result));
  text += "d";
  t.join();
  assert(result == "abc3" && text == "abcd");
}
