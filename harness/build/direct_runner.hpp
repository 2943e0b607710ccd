// For the tests of this folder: runs commands as they are, without any box, and remembers them.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <vector>

#include "harness/model/fault.hpp"
#include "harness/run/process_runner.hpp"

namespace lockstep::build {

class DirectRunner : public run::ProcessRunner {
 public:
  run::Ended run(const run::Command& command) override {
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(command.argv);
    }
    // Output goes to files, so that nothing has to be read while the process runs.
    char out[] = "/tmp/direct-out-XXXXXX", err[] = "/tmp/direct-err-XXXXXX";
    const int out_fd = mkostemp(out, O_CLOEXEC), err_fd = mkostemp(err, O_CLOEXEC);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out_fd, 1);
    posix_spawn_file_actions_adddup2(&actions, err_fd, 2);
    posix_spawn_file_actions_addchdir_np(&actions, command.workdir.c_str());
    pid_t pid = -1;
    const int error = posix_spawn(&pid, command.argv.front().c_str(), &actions, nullptr, pointers(command.argv).data(), pointers(command.env).data());
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (error == 0) waitpid(pid, &status, 0);
    close(out_fd);
    close(err_fd);
    run::Ended ended;
    ended.end.out = take(out);
    ended.end.err = take(err);
    if (error != 0) throw model::Fault("cannot start " + command.argv.front());
    ended.end.how = WIFEXITED(status) ? model::How::exited : model::How::signalled;
    ended.end.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return ended;
  }
  std::vector<model::Protection> protections() const override { return {}; }
  std::string protection_level() const override { return "none"; }
  void cancel_all() override {}

  // How many commands so far had this word.
  int runs_with(const std::string& word) {
    const std::lock_guard lock(mutex_);
    int count = 0;
    for (const auto& argv : seen_)
      for (const std::string& part : argv) count += part == word;
    return count;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    seen_.clear();
  }

 private:
  static std::vector<char*> pointers(const std::vector<std::string>& words) {
    std::vector<char*> result;
    for (const std::string& word : words) result.push_back(const_cast<char*>(word.c_str()));
    result.push_back(nullptr);
    return result;
  }
  static std::string take(const char* file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    std::remove(file);
    return text;
  }

  std::mutex mutex_;
  std::vector<std::vector<std::string>> seen_;
};

}  // namespace lockstep::build
