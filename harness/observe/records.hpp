// The channel's bytes as messages: seals checked, parts joined. Whatever the bytes are, nothing here throws.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/inside/channel/record_layout.hpp"

namespace lockstep::observe {

struct Message {
  channel::RecordType type{};
  int rank = -1;
  std::uint32_t pid = 0;
  std::uint64_t sequence = 0;  // counts the messages of a process from 0
  std::string payload;  // of the parts up to the first that is missing
  bool whole = false;
};

struct Messages {
  std::vector<Message> in_order;  // by the arrival of their first record
  std::size_t refused = 0;        // places that looked like a record but bore no right seal, or a seal that had been used
};

// Bytes between records that are none (somebody wrote to the channel) are skipped; after a thousand refusals the rest is not looked at.
Messages read_messages(std::string_view bytes, std::string_view token);

// The fields of a payload, one after the other. Behind the end, every number is 0 and every text empty.
class Fields {
 public:
  explicit Fields(std::string_view payload) : left_(payload) {}

  bool at_end() const { return left_.empty(); }
  std::uint64_t number();
  double real();       // a number that holds the bits of a double; 0 if it is not finite
  std::string text();  // made printable: valid UTF-8, no control characters but line breaks and tabs, at most 8 KiB
  std::vector<std::string> texts();

 private:
  std::string_view left_;
};

std::string printable(std::string_view bytes);

}  // namespace lockstep::observe
