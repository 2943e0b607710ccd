#include "harness/inside/mpiwatch/signature.hpp"

#include <algorithm>
#include <array>

namespace lockstep::mpiwatch {
namespace {

constexpr std::array<const char*, 20> kind_names{
    "nothing", "char",        "unsigned char", "short",          "unsigned short",      "int",     "unsigned int", "long",   "unsigned long",
    "float",   "double",      "long double",   "bool",           "complex float",       "complex double",
    "complex long double", "wchar_t", "bytes", "packed bytes", "elements of another type"};

// The runs of a signature one after the other, over all repeats.
class Walker {
 public:
  explicit Walker(const Signature& signature) : signature_(signature), left_(signature.run_count > 0 ? signature.repeats : 0) { load(); }
  bool at_end() const { return left_ == 0; }
  Kind kind() const { return signature_.runs[run_].kind; }
  std::uint64_t length() const { return in_run_; }
  void take(std::uint64_t count) {
    in_run_ -= count;
    if (in_run_ > 0) return;
    if (++run_ == signature_.run_count) run_ = 0, --left_;
    load();
  }

 private:
  void load() {
    in_run_ = left_ == 0 ? 0 : signature_.runs[run_].length;
    if (signature_.run_count == 1 && left_ > 0) in_run_ *= left_, left_ = 1;  // one run, however often it is repeated
  }

  const Signature& signature_;
  std::uint64_t left_;
  std::uint64_t in_run_ = 0;
  int run_ = 0;
};

bool has(const Signature& signature, Kind kind) {
  return std::any_of(signature.runs, signature.runs + signature.run_count, [=](const Signature::Run& run) { return run.kind == kind; });
}

constexpr int most_steps = 20'000;  // a comparison that takes longer says nothing

}  // namespace

const char* name_of(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::uint64_t bytes_of(Kind kind) {
  static constexpr std::array<std::uint64_t, 20> sizes{0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 16, 1, 8, 16, 32, 4, 1, 1, 1};
  return sizes[static_cast<std::size_t>(kind)];
}

std::uint64_t Signature::elements() const {
  std::uint64_t sum = 0;
  for (int i = 0; i < run_count; ++i) sum += runs[i].length;
  return sum * repeats;
}

Signature signature_of(Kind kind, std::uint64_t count) {
  Signature made{};
  append(made, kind, 1);
  made.repeats = count;
  return made;
}

void append(Signature& to, Kind kind, std::uint32_t length) {
  if (length == 0 || to.unknown) return;
  if (to.repeats == 0) to.repeats = 1;
  if (to.repeats > 1 && to.run_count == 1 && to.runs[0].kind == kind) {
    to.runs[0].length = static_cast<std::uint32_t>(to.runs[0].length * to.repeats);
    to.repeats = 1;
  }
  if (to.repeats > 1) {
    to.unknown = true;
    return;
  }
  if (to.run_count > 0 && to.runs[to.run_count - 1].kind == kind) {
    to.runs[to.run_count - 1].length += length;
  } else if (to.run_count < Signature::most_runs) {
    to.runs[to.run_count++] = {kind, length};
  } else {
    to.unknown = true;
  }
}

Signature repeated(Signature pattern, std::uint64_t times) {
  pattern.repeats = pattern.run_count == 0 ? 0 : pattern.repeats * times;
  return pattern;
}

Fit compare(const Signature& sent, const Signature& received) {
  if (sent.unknown || received.unknown) return Fit::unknown;
  // Counts of packed bytes are no counts of elements.
  if (has(sent, Kind::packed) || has(received, Kind::packed) || has(sent, Kind::other) || has(received, Kind::other)) return Fit::unknown;
  Walker a(sent), b(received);
  for (int step = 0; !a.at_end(); ++step) {
    if (b.at_end()) return Fit::too_long;
    if (step == most_steps) return Fit::unknown;
    if (a.kind() != b.kind()) return Fit::other_type;
    const std::uint64_t count = std::min(a.length(), b.length());
    a.take(count);
    b.take(count);
  }
  return Fit::fits;
}

bool same(const Signature& a, const Signature& b) {
  const Fit there = compare(a, b);
  if (there == Fit::unknown) return true;
  return there == Fit::fits && a.elements() == b.elements();
}

std::string in_words(const Signature& signature) {
  if (signature.unknown) return "elements of many types";
  if (signature.run_count == 0 || signature.repeats == 0) return "nothing";
  if (signature.uniform()) return std::to_string(signature.elements()) + " " + name_of(signature.runs[0].kind);
  std::string text = std::to_string(signature.repeats) + " x (";
  for (int i = 0; i < signature.run_count; ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(signature.runs[i].length) + " " + name_of(signature.runs[i].kind);
  return text + ")";
}

}  // namespace lockstep::mpiwatch
