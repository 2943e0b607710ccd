// Type signatures: what a message consists of, element by element (MPI 3.1, 4.1 and 3.3.1). Pure: nothing here knows MPI.
#pragma once

#include <cstdint>
#include <string>

namespace lockstep::mpiwatch {

// Basic types. Names of one C type (int, int32_t) are one kind, because no machine that the course runs on can tell them apart.
enum class Kind : std::uint8_t {
  none,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float32,
  float64,
  float80,
  boolean,
  complex32,
  complex64,
  complex80,
  wide_char,
  byte,
  packed,  // matches every type (MPI 3.1, 4.2)
  other,
};
const char* name_of(Kind kind);  // "int", "double", "bytes"
std::uint64_t bytes_of(Kind kind);

// A row of elements: a pattern of runs, repeated. A zeroed one is empty.
struct Signature {
  static constexpr int most_runs = 6;

  struct Run {
    Kind kind;
    std::uint32_t length;
  };
  Run runs[most_runs];
  std::uint8_t run_count;
  bool unknown;  // the pattern has more runs than fit: it is compared with nothing
  std::uint64_t repeats;

  std::uint64_t elements() const;  // of all repeats
  bool uniform() const { return run_count == 1; }
};

Signature signature_of(Kind kind, std::uint64_t count);
void append(Signature& to, Kind kind, std::uint32_t length);  // to the pattern; joins equal neighbours
Signature repeated(Signature pattern, std::uint64_t times);

enum class Fit { fits, too_long, other_type, unknown };

// Does what is sent fit into what is received? It may be shorter, element by element the same.
Fit compare(const Signature& sent, const Signature& received);
// As collective operations want it: the same elements, and as many.
bool same(const Signature& a, const Signature& b);

std::string in_words(const Signature& signature);  // "10 int", "3 x (2 int, 1 double)"

}  // namespace lockstep::mpiwatch
