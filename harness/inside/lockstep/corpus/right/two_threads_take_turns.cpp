// Two threads alternate strictly, each waiting until it is its turn.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

std::mutex m;
std::condition_variable cv;
int turn = 0;
std::string written;

void play(int me, char letter) {
  for (int i = 0; i < 2; ++i) {
    std::unique_lock lock(m);
    cv.wait(lock, [&] { return turn == me; });
    written += letter;
    turn = 1 - me;
    cv.notify_one();
  }
}

int main() {
  std::thread ping(play, 0, 'i'), pong(play, 1, 'o');
  ping.join();
  pong.join();
  assert(written == "ioio");
}
