// SipHash-2-4, the keyed hash that seals records (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).
// Header-only and free of library calls: it also runs before the C library is ready and inside sanitizer hooks.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lockstep::channel {

struct SealKey {
  std::uint64_t k0 = 0;
  std::uint64_t k1 = 0;
};

class SipHash {
 public:
  explicit constexpr SipHash(SealKey key)
      : v0_(key.k0 ^ 0x736f6d6570736575u),
        v1_(key.k1 ^ 0x646f72616e646f6du),
        v2_(key.k0 ^ 0x6c7967656e657261u),
        v3_(key.k1 ^ 0x7465646279746573u) {}

  constexpr void add(const unsigned char* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      word_ |= static_cast<std::uint64_t>(bytes[i]) << (8 * (length_ % 8));
      if (++length_ % 8 == 0) absorb();
    }
  }

  constexpr std::uint64_t finish() {
    word_ |= static_cast<std::uint64_t>(length_ & 0xff) << 56;
    absorb();
    v2_ ^= 0xff;
    for (int i = 0; i < 4; ++i) round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  static constexpr std::uint64_t rotated(std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
  constexpr void round() {
    v0_ += v1_, v1_ = rotated(v1_, 13), v1_ ^= v0_, v0_ = rotated(v0_, 32);
    v2_ += v3_, v3_ = rotated(v3_, 16), v3_ ^= v2_;
    v0_ += v3_, v3_ = rotated(v3_, 21), v3_ ^= v0_;
    v2_ += v1_, v1_ = rotated(v1_, 17), v1_ ^= v2_, v2_ = rotated(v2_, 32);
  }
  constexpr void absorb() {
    v3_ ^= word_;
    round();
    round();
    v0_ ^= word_;
    word_ = 0;
  }

  std::uint64_t v0_, v1_, v2_, v3_;
  std::uint64_t word_ = 0;
  std::size_t length_ = 0;
};

}  // namespace lockstep::channel
