// How facts leave a test process: the layout that inside/ writes and observe/ reads.
//
// The channel is a pipe (descriptor 200). Each write is one record of at most PIPE_BUF bytes, so that records of several threads and processes
// never mix (pipe(7)). A message longer than one record is split: its records share `sequence` and count `part` from 0; `last` marks the final
// one. Every record is sealed by SipHash-2-4 over its header (without the seal) and its payload, keyed by a token that the process read from a
// one-shot pipe (descriptor 201) before any constructor of the student ran.
//
// A payload is a row of fields in host byte order: a number is 8 bytes, a text is its length (number) and its bytes, a list is its length
// (number) and its elements. Frames are texts "module+0x1234": an address relative to the load address of that module, of an instruction
// inside the call, as addr2line(1) wants it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lockstep::channel {

inline constexpr int records_descriptor = 200;
inline constexpr int token_descriptor = 201;
inline constexpr std::size_t token_bytes = 16;
inline constexpr std::size_t record_bytes = 4096;  // PIPE_BUF of Linux

enum class RecordType : std::uint16_t {
  begin = 1,         // engine (text): the process lives, its sanitizer too, and nothing of the student's has run
  test_begin,        // test (text)
  failure,           // file (text), line (number), message (text)
  not_implemented,   // function (text)
  test_end,          // test (text), TestOutcome (number)
  race,              // kind (text), accesses (list of: flags, bytes, thread (text), creation stack (list of frames), stack (list of frames)),
                     // location (text), stack of the location (list of frames)
  sanitizer_report,  // tool (text), kind (text), stack (list of frames)
  hygiene,           // kind (text), detail (text)
  measurement,       // name (text), value (bits of a double), limit (bits of a double), unit (text)
  stuck,             // task (text), waits_in (text), stack (list of frames), ranks that could end the wait (list of numbers)
  fault,             // reason (text): the harness itself failed in this process
  end,               // tests that ran (list of texts)
  exploration,       // what the schedules of a test showed: the fields are those of emit_exploration (lockstep/answer.cpp), in its order
  exchange,          // from, to, tag (numbers), calls that sent and received it (texts), where they stand (lists of frames)
};

enum class TestOutcome : std::uint64_t { passed = 1, failed, skipped, not_implemented };

inline constexpr std::uint64_t access_is_write = 1;  // flags of an access
inline constexpr std::uint64_t access_is_atomic = 2;

struct RecordHeader {
  std::uint32_t magic;
  std::uint16_t type;
  std::uint16_t length;    // of the payload in this record
  std::int32_t rank;       // -1: not an MPI run
  std::uint32_t pid;       // as the writing process sees itself
  std::uint64_t sequence;  // of the message, per process; a forked child goes on from its parent's
  std::uint32_t part;
  std::uint32_t last;
  std::uint64_t seal;  // must stay last
};
static_assert(sizeof(RecordHeader) == 40, "no padding: both sides seal the bytes");

inline constexpr std::uint32_t record_magic = 0x4b53434c;  // "LCSK"
inline constexpr std::size_t payload_bytes = record_bytes - sizeof(RecordHeader);

}  // namespace lockstep::channel
