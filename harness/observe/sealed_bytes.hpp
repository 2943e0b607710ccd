// For tests: records as a test process would write them.
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "harness/inside/channel/record_layout.hpp"
#include "harness/inside/channel/siphash.hpp"

namespace lockstep::observe {

inline const std::string test_token = "0123456789abcdef";

struct Payload {
  std::string bytes;
  Payload& number(std::uint64_t value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  Payload& text(std::string_view value) {
    number(value.size());
    bytes.append(value);
    return *this;
  }
  Payload& texts(const std::vector<std::string>& values) {
    number(values.size());
    for (const std::string& value : values) text(value);
    return *this;
  }
};

struct Writer {
  int rank = -1;
  std::uint32_t pid = 10;
  std::string token = test_token;
  std::uint64_t sequence = 0;

  std::string part(channel::RecordType type, std::string_view payload, std::uint64_t of, std::uint32_t number, bool last) const {
    channel::RecordHeader header{channel::record_magic,
                                 static_cast<std::uint16_t>(type),
                                 static_cast<std::uint16_t>(payload.size()),
                                 rank,
                                 pid,
                                 of,
                                 number,
                                 last ? 1u : 0u,
                                 0};
    channel::SealKey key;
    std::memcpy(&key, token.data(), sizeof key);
    channel::SipHash hash(key);
    hash.add(reinterpret_cast<const unsigned char*>(&header), offsetof(channel::RecordHeader, seal));
    hash.add(reinterpret_cast<const unsigned char*>(payload.data()), payload.size());
    header.seal = hash.finish();
    return std::string(reinterpret_cast<const char*>(&header), sizeof header).append(payload);
  }

  std::string record(channel::RecordType type, const Payload& payload) { return part(type, payload.bytes, sequence++, 0, true); }
  std::string begin() { return record(channel::RecordType::begin, Payload().text("native")); }
  std::string test_begin(std::string_view test) { return record(channel::RecordType::test_begin, Payload().text(test)); }
  std::string failure(std::string_view message) { return record(channel::RecordType::failure, Payload().text("t.cpp").number(3).text(message)); }
  std::string test_end(std::string_view test, channel::TestOutcome outcome) {
    return record(channel::RecordType::test_end, Payload().text(test).number(static_cast<std::uint64_t>(outcome)));
  }
  std::string end(const std::vector<std::string>& tests) { return record(channel::RecordType::end, Payload().texts(tests)); }
};

}  // namespace lockstep::observe
