#include "harness/run/stack_reader.hpp"

#include <elf.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <optional>
#include <sstream>

#include "harness/run/descriptor.hpp"

namespace lockstep::run {

namespace {

constexpr std::size_t stack_window = 64 << 10;
constexpr int deepest = 32;

class Memory {
 public:
  explicit Memory(pid_t process) : file_(open(("/proc/" + std::to_string(process) + "/mem").c_str(), O_RDONLY | O_CLOEXEC)) {}
  std::size_t read(std::uint64_t address, void* into, std::size_t size) const {
    const ssize_t got = file_ ? pread(file_.get(), into, size, static_cast<off_t>(address)) : -1;
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }

 private:
  Descriptor file_;
};

class Walk {
 public:
  Walk(pid_t process, std::uint64_t stack_pointer)
      : memory_(process), mappings_(read_mappings(process)), bottom_(stack_pointer & ~7ull), words_(stack_window / 8) {
    const MappedFile* stack = mapping(bottom_);
    const std::uint64_t end = stack != nullptr ? stack->end : bottom_;
    words_.resize(std::min<std::uint64_t>(words_.size(), (end - bottom_) / 8));
    words_.resize(memory_.read(bottom_, words_.data(), words_.size() * 8) / 8);
    char exe[512];
    const ssize_t length = readlink(("/proc/" + std::to_string(process) + "/exe").c_str(), exe, sizeof exe);
    program_.assign(exe, length > 0 ? static_cast<std::size_t>(length) : 0);
  }

  std::vector<model::Frame> frames(std::uint64_t instruction, std::uint64_t frame_pointer) const {
    std::vector<model::Frame> found;
    add(found, instruction);
    // First the call that the program made into a library, then the frame it was made from: above that call, or right below its return
    // address where the library function began by saving the frame pointer.
    std::size_t call = 0;
    while (call < words_.size() && !is_call_of_program(call)) ++call;
    if (call == words_.size()) return found;
    std::size_t link = call > 0 ? call - 1 : 0;
    while (link < words_.size() && !is_head(link)) ++link;
    if (const auto given = index_of(frame_pointer); given && *given + 1 >= call && is_link(*given)) link = *given;
    if (link + 1 != call) {
      add(found, words_[call] - 1);
      // A sanitizer's runtime is part of the program and keeps no frames: the call to it is the next one on the way to the frame.
      for (std::size_t at = call + 1; !keeps_frame(words_[call]) && at < link; ++at)
        if (is_call_of_program(at) && keeps_frame(words_[at])) {
          add(found, words_[at] - 1);
          break;
        }
    }
    for (int depth = 0; depth < deepest && link + 1 < words_.size() && is_link(link); ++depth) {
      add(found, words_[link + 1] - 1);
      const auto next = index_of(words_[link]);
      if (!next) break;
      // A library function that keeps no frame of its own hides the call to it: the next one on the way to the frame above.
      for (std::size_t at = link + 2; !belongs_to_program(words_[link + 1]) && at < *next; ++at)
        if (is_call_of_program(at)) {
          add(found, words_[at] - 1);
          break;
        }
      link = *next;
    }
    return found;
  }

 private:
  const MappedFile* mapping(std::uint64_t address) const {
    for (const MappedFile& one : mappings_)
      if (address >= one.start && address < one.end) return &one;
    return nullptr;
  }

  void add(std::vector<model::Frame>& frames, std::uint64_t address) const {
    const MappedFile* code = mapping(address);
    if (code == nullptr || code->path.empty()) return;
    char text[32];
    std::snprintf(text, sizeof text, "+0x%llx", static_cast<unsigned long long>(address - code->base));
    model::Frame frame;
    frame.function = code->path + text;
    frames.push_back(std::move(frame));
  }

  std::optional<std::size_t> index_of(std::uint64_t address) const {
    if (address % 8 != 0 || address < bottom_ || address >= bottom_ + words_.size() * 8) return std::nullopt;
    return (address - bottom_) / 8;
  }

  // Is there a call instruction before it? (Intel SDM, volume 2: E8 rel32, FF /2 in its lengths.)
  bool is_return_address(std::uint64_t address) const {
    const MappedFile* code = mapping(address);
    if (code == nullptr || !code->executable || code->path.empty()) return false;
    unsigned char before[7];
    if (memory_.read(address - 7, before, 7) != 7) return false;
    const auto call_through = [&](int length) { return before[7 - length] == 0xff && (before[8 - length] & 0x38) == 0x10; };
    return before[2] == 0xe8 || call_through(2) || call_through(3) || call_through(6) || call_through(7);
  }

  bool is_call_of_program(std::size_t at) const { return belongs_to_program(words_[at]) && is_return_address(words_[at]); }
  bool belongs_to_program(std::uint64_t address) const {
    const MappedFile* code = mapping(address);
    return code != nullptr && code->path == program_;
  }

  // Does a function begin with push %rbp; mov %rsp,%rbp not far before it?
  bool keeps_frame(std::uint64_t address) const {
    static constexpr std::string_view prologue = "\x55\x48\x89\xe5";
    std::string code(4096, '\0');
    code.resize(memory_.read(address - code.size(), code.data(), code.size()));
    return code.find(prologue) != std::string::npos;
  }

  // A saved frame pointer with a return address above it. Who starts a thread leaves a small number instead of a pointer.
  bool is_link(std::size_t at) const {
    if (at + 1 >= words_.size() || !is_return_address(words_[at + 1])) return false;
    return is_outermost(at) || (index_of(words_[at]) && words_[at] > bottom_ + at * 8);
  }
  bool is_outermost(std::size_t at) const { return words_[at] < 4096; }

  // One word that looks like a link may be rubbish; one that leads to another, or out of the program, is taken.
  bool is_head(std::size_t at) const {
    if (!is_link(at)) return false;
    return is_outermost(at) ? !belongs_to_program(words_[at + 1]) : is_link(*index_of(words_[at]));
  }

  Memory memory_;
  std::vector<MappedFile> mappings_;
  std::uint64_t bottom_;
  std::vector<std::uint64_t> words_;
  std::string program_;
};

}  // namespace

std::vector<MappedFile> read_mappings(pid_t process) {
  std::vector<MappedFile> found;
  const Memory memory(process);
  std::istringstream lines(read_text("/proc/" + std::to_string(process) + "/maps"));
  std::string last_path;
  std::uint64_t base = 0;
  for (std::string line; std::getline(lines, line);) {
    unsigned long long start = 0, end = 0, offset = 0;
    char rights[5] = {};
    int path_at = 0;
    if (std::sscanf(line.c_str(), "%llx-%llx %4s %llx %*s %*s %n", &start, &end, rights, &offset, &path_at) < 4) continue;
    const std::string path =
        path_at > 0 && static_cast<std::size_t>(path_at) < line.size() ? line.substr(static_cast<std::size_t>(path_at)) : "";
    const bool file = !path.empty() && path[0] == '/';
    if (file && path != last_path) {
      Elf64_Ehdr header{};
      const bool fixed = memory.read(start, &header, sizeof header) == sizeof header && header.e_type == ET_EXEC;
      base = fixed ? 0 : start - offset;
      last_path = path;
    }
    found.push_back({start, end, file ? base : 0, rights[2] == 'x', file ? path : ""});
  }
  return found;
}

std::vector<model::Frame> read_stack(pid_t process, std::uint64_t instruction, std::uint64_t stack_pointer, std::uint64_t frame_pointer) {
  return Walk(process, stack_pointer).frames(instruction, frame_pointer);
}

}  // namespace lockstep::run
