#include "harness/observe/records.hpp"

#include <cmath>
#include <cstring>
#include <map>
#include <tuple>

#include "harness/inside/channel/siphash.hpp"

namespace lockstep::observe {
namespace {

using channel::RecordHeader;

constexpr std::size_t refusals_enough = 1000;
constexpr std::size_t longest_text = 8192;

bool sealed(std::string_view record, const RecordHeader& header, channel::SealKey key) {
  channel::SipHash hash(key);
  const auto* bytes = reinterpret_cast<const unsigned char*>(record.data());
  hash.add(bytes, offsetof(RecordHeader, seal));
  hash.add(bytes + sizeof header, header.length);
  return hash.finish() == header.seal;
}

struct Parts {
  std::size_t message;                                              // index into Messages::in_order
  std::map<std::uint32_t, std::pair<std::string, bool>> by_number;  // payload, last
};

}  // namespace

Messages read_messages(std::string_view bytes, std::string_view token) {
  Messages result;
  if (token.size() < channel::token_bytes) return result;
  channel::SealKey key;
  std::memcpy(&key, token.data(), sizeof key);
  const std::uint32_t magic = channel::record_magic;
  const std::string_view mark(reinterpret_cast<const char*>(&magic), sizeof magic);

  std::map<std::tuple<int, std::uint32_t, std::uint64_t>, Parts> open;
  for (std::size_t at = bytes.find(mark); at != std::string_view::npos && result.refused < refusals_enough; at = bytes.find(mark, at)) {
    RecordHeader header;
    if (bytes.size() - at < sizeof header) break;
    std::memcpy(&header, bytes.data() + at, sizeof header);
    const bool fits = header.length <= channel::payload_bytes && bytes.size() - at - sizeof header >= header.length;
    if (!fits || !sealed(bytes.substr(at), header, key)) {
      ++result.refused;
      ++at;
      continue;
    }
    const auto [entry, is_new] = open.try_emplace({header.rank, header.pid, header.sequence}, Parts{result.in_order.size(), {}});
    if (is_new) result.in_order.push_back({static_cast<channel::RecordType>(header.type), header.rank, header.pid, header.sequence, {}, false});
    const std::string payload(bytes.substr(at + sizeof header, header.length));
    if (!entry->second.by_number.try_emplace(header.part, payload, header.last != 0).second) ++result.refused;  // a record, replayed
    at += sizeof header + header.length;
  }
  for (const auto& [id, parts] : open) {
    Message& message = result.in_order[parts.message];
    std::uint32_t expected = 0;
    for (const auto& [number, part] : parts.by_number) {
      if (number != expected++ || message.whole) break;
      message.payload += part.first;
      message.whole = part.second;
    }
  }
  return result;
}

std::uint64_t Fields::number() {
  std::uint64_t value = 0;
  if (left_.size() < sizeof value) {
    left_ = {};
    return 0;
  }
  std::memcpy(&value, left_.data(), sizeof value);
  left_.remove_prefix(sizeof value);
  return value;
}

double Fields::real() {
  const std::uint64_t bits = number();
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return std::isfinite(value) ? value : 0;
}

std::string Fields::text() {
  const std::uint64_t size = number();
  const std::string_view value = left_.substr(0, size);
  left_.remove_prefix(value.size());
  return printable(value);
}

std::vector<std::string> Fields::texts() {
  std::vector<std::string> values;
  for (std::uint64_t count = number(); count > 0 && !at_end(); --count) values.push_back(text());
  return values;
}

std::string printable(std::string_view bytes) {
  std::string result;
  for (std::size_t i = 0; i < bytes.size() && result.size() < longest_text;) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xc2 && lead < 0xe0 ? 2
                               : lead >= 0xe0 && lead < 0xf0 ? 3
                               : lead >= 0xf0 && lead < 0xf5 ? 4
                                                             : 0;
    std::uint32_t point = length > 1 ? lead & (0x7fu >> length) : lead;
    bool valid = length > 0 && i + length <= bytes.size();
    for (std::size_t k = 1; valid && k < length; ++k) {
      const auto next = static_cast<unsigned char>(bytes[i + k]);
      valid = (next & 0xc0) == 0x80;
      point = point << 6 | (next & 0x3f);
    }
    // Overlong forms, surrogates and what lies behind the last code point (RFC 3629); C0 and C1 controls.
    if (valid && length == 3) valid = point >= 0x800 && (point < 0xd800 || point > 0xdfff);
    if (valid && length == 4) valid = point >= 0x10000 && point <= 0x10ffff;
    if (valid && (point < 0x20 || (point >= 0x7f && point < 0xa0))) valid = point == '\n' || point == '\t';
    if (valid) {
      result.append(bytes.substr(i, length));
      i += length;
    } else {
      result += '?';
      ++i;
    }
  }
  return result;
}

}  // namespace lockstep::observe
