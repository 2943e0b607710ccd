// Theory of operation. One thread, one poll(): the program's two outputs, the channel, box_init's socket, the launcher's pidfd and the
// cancellation. What arrives is taken at once, so that a program never blocks on us for long; what exceeds a cap is read and dropped. Every
// few milliseconds the limits are looked at. The run is over when the launcher is gone (it goes after everything inside), never when a pipe
// says end of file: a pipe may be held by anybody.
#include "harness/run/supervision.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "harness/model/fault.hpp"
#include "harness/run/quiescence.hpp"
#include "harness/run/task_tree.hpp"

namespace lockstep::run {

namespace {

using Clock = std::chrono::steady_clock;
using model::Cut;

constexpr auto between_limit_looks = std::chrono::milliseconds(50);
constexpr auto between_proof_looks = std::chrono::milliseconds(20);
constexpr auto grace = std::chrono::seconds(2);  // for box_init to kill and report, before it is killed itself
constexpr std::uint64_t flood_factor = 64;
constexpr std::size_t channel_cap = 16u << 20;

struct Stream {
  int fd;
  std::string& text;
  std::uint64_t cap;
  std::uint64_t seen = 0;
  bool open = true;

  void take(int rounds) {  // as much as is there, but not for ever
    char block[65536];
    for (int round = 0; open && round < rounds; ++round) {
      const ssize_t got = read(fd, block, sizeof block);
      if (got == 0) open = false;
      if (got <= 0) return;
      seen += static_cast<std::uint64_t>(got);
      text.append(block, std::min<std::size_t>(static_cast<std::size_t>(got), cap - text.size()));
    }
  }
};

double to_ms(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

class Watch {
 public:
  Watch(Box& box, const Command& command, const ControlGroup& group, int cancelled)
      : box_(box), command_(command), group_(group), cancelled_(cancelled) {
    streams_.push_back({box.out(), ended_.end.out, command.limits.output_bytes});
    streams_.push_back({box.err(), ended_.end.err, command.limits.output_bytes});
    if (box.channel() >= 0) streams_.push_back({box.channel(), ended_.channel, channel_cap});
  }

  Ended run() {
    start_ = Clock::now();
    box_.go();
    if (command_.prove_deadlock && command_.ranks == 0) quiescence_.emplace(box_.init(), outer_pipes());
    auto next_limits = start_ + between_limit_looks;
    auto next_proof = quiescence_ ? start_ + between_proof_looks : Clock::time_point::max();
    while (!launcher_gone_) {
      wait_until(std::min({next_limits, next_proof, stop_at_}));
      const auto now = Clock::now();
      if (now >= stop_at_) {
        box_.kill_at_once();
        stop_at_ = now + grace;
      }
      if (now >= next_limits) {
        look_at_limits(now);
        next_limits = Clock::now() + between_limit_looks;
      }
      if (now >= next_proof) {
        look_for_deadlock();
        next_proof = Clock::now() + between_proof_looks;
      }
    }
    box_.wait_for_launcher();
    for (Stream& stream : streams_) stream.take(1024);
    return result();
  }

 private:
  void wait_until(Clock::time_point until) {
    std::vector<pollfd> watched{{box_.launcher_watch(), POLLIN, 0}, {box_.control(), POLLIN, 0}, {cancelled_, POLLIN, 0}};
    if (control_closed_) watched[1].fd = -1;
    if (cut_ == Cut::cancelled) watched[2].fd = -1;
    for (const Stream& stream : streams_) watched.push_back({stream.open ? stream.fd : -1, POLLIN, 0});
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    if (poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(left, 0))) < 0) {
      if (errno == EINTR) return;
      fail_with_errno("poll");
    }
    for (std::size_t i = 0; i < streams_.size(); ++i)
      if (watched[i + 3].revents != 0) streams_[i].take(16);
    for (const Stream& stream : streams_)
      if (stream.seen / flood_factor > stream.cap) stop(Cut::output);
    if (watched[1].revents != 0) listen();
    if (watched[2].revents != 0) stop(Cut::cancelled);
    if (watched[0].revents != 0) {
      listen();
      launcher_gone_ = true;
    }
  }

  void listen() {
    const auto message = box_.receive();
    if (!message) {
      control_closed_ = true;
      return;
    }
    if (message->kind == wire::Kind::failed) throw model::Fault(command_.argv[0] + ": " + message->step + ": " + std::strerror(message->value));
    if (message->kind != wire::Kind::ended) return;
    report_ = *message;
    end_ = Clock::now();
  }

  void stop(Cut why) {
    if (cut_ != Cut::none || report_) return;  // the first reason counts
    cut_ = why;
    stop_at_ = Clock::now() + grace;
    box_.ask_to_stop();
  }

  std::set<ino_t> outer_pipes() const {
    std::set<ino_t> inodes;
    for (const Stream& stream : streams_)
      if (struct stat info{}; fstat(stream.fd, &info) == 0) inodes.insert(info.st_ino);
    return inodes;
  }

  void look_for_deadlock() {
    if (report_ || cut_ != Cut::none) return;
    if (auto stuck = quiescence_->look()) {
      ended_.stuck = std::move(*stuck);
      stop(Cut::proven_deadlock);
    }
  }

  void look_at_limits(Clock::time_point now) {
    if (report_ || cut_ != Cut::none) return;
    const Usage usage = usage_below(box_.init());
    cpu_ms_ = std::max(cpu_ms_, group_.counts_cpu() ? group_.cpu_us() / 1000 : usage.cpu_ms);
    peak_bytes_ = std::max(peak_bytes_, usage.memory_bytes);
    const Limits& limits = command_.limits;
    if (group_.limits_memory() ? group_.ran_out_of_memory() : usage.memory_bytes > limits.memory_bytes)
      stop(Cut::memory);
    else if (usage.tasks > limits.tasks)
      stop(Cut::tasks);
    else if (cpu_ms_ > static_cast<std::uint64_t>(limits.cpu.count()))
      stop_in_time(Cut::cpu_time);
    else if (now - start_ > limits.wall)
      stop_in_time(is_starved(to_ms(now - start_), static_cast<double>(cpu_ms_), static_cast<double>(usage.waited_ms)) ? Cut::starved
                                                                                                                       : Cut::wall_time);
  }

  // A limit says that a run takes too long, not whose fault it is: that shows in what its tasks do. (Ranks poll inside of the library.)
  void stop_in_time(Cut why) {
    if (command_.prove_deadlock) ended_.stuck = describe_tasks(box_.init());
    stop(why);
  }

  Ended result() {
    model::ProcessEnd& end = ended_.end;
    if (group_.limits_memory() && group_.ran_out_of_memory() && cut_ == Cut::none) cut_ = Cut::memory;
    if (!report_ && cut_ == Cut::none) throw model::Fault(command_.argv[0] + ": the box ended without a report");
    // Who ended by himself before the order to stop arrived was not cut; but the stuck were killed by us, and the memory's by the kernel.
    const bool by_itself = report_ && report_->value != -1 && cut_ != Cut::memory && cut_ != Cut::proven_deadlock;
    if (by_itself) {
      const int status = report_->value;
      end.how = WIFSIGNALED(status) ? model::How::signalled : model::How::exited;
      end.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    } else {
      end.how = model::How::cut;
      end.cut = cut_;
    }
    end.wall_ms = to_ms((report_ ? end_ : Clock::now()) - start_);
    end.cpu_ms = static_cast<double>(cpu_ms_);
    if (report_) end.cpu_ms = std::max(end.cpu_ms, static_cast<double>(report_->cpu_us) / 1000);
    if (group_.counts_cpu()) end.cpu_ms = std::max(end.cpu_ms, static_cast<double>(group_.cpu_us()) / 1000);
    end.peak_bytes = group_.limits_memory() ? std::max(peak_bytes_, group_.peak_bytes()) : peak_bytes_;
    ended_.token = box_.token();
    return std::move(ended_);
  }

  Box& box_;
  const Command& command_;
  const ControlGroup& group_;
  int cancelled_;
  Ended ended_;
  std::vector<Stream> streams_;
  Clock::time_point start_{}, end_{};
  Clock::time_point stop_at_ = Clock::time_point::max();  // by then box_init must have obeyed
  std::optional<Quiescence> quiescence_;
  std::optional<wire::Message> report_;
  Cut cut_ = Cut::none;
  bool control_closed_ = false, launcher_gone_ = false;
  std::uint64_t cpu_ms_ = 0, peak_bytes_ = 0;
};

}  // namespace

Ended supervise(Box& box, const Command& command, const ControlGroup& group, int cancelled) {
  return Watch(box, command, group, cancelled).run();
}

}  // namespace lockstep::run
