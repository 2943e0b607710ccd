// What waiting costs.
#include <semaphore.h>
#include <sys/mman.h>

#include "harness/inside/testkit/testkit.hpp"
#include "ipc_queue.hpp"

TEST(Waiting, GetSleepsUntilAMessageComes) {
  auto* speak = static_cast<sem_t*>(mmap(nullptr, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(speak, MAP_FAILED);
  ASSERT_EQ(sem_init(speak, 1, 0), 0);
  pdc::PipeQueue queue;
  lockstep::testkit::ChildProcess producer([&] {
    queue.close_get();
    while (sem_wait(speak) != 0) continue;
    queue.put("at last");
    queue.close_put();
  });
  queue.close_put();
  std::optional<std::string> message;
  lockstep::testkit::Worker consumer([&] { message = queue.get(); });
  consumer.wait_until_blocked();
  lockstep::testkit::expect_idle();
  sem_post(speak);
  consumer.join();
  EXPECT_EQ(message, "at last");
  EXPECT_EQ(producer.wait(), 0);
  munmap(speak, sizeof(sem_t));
}
