// Memory of the engine inside one execution: taken from one mapping, never given back, gone with the process. The engine must not allocate with
// malloc, because the program's own allocations must be the same whatever the engine notes down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

namespace lockstep::engine {

// Zeroed memory, aligned to 16 bytes. Ends the execution with a fault if the engine's share (256 MiB) is used up.
void* arena_take(std::size_t bytes);

// A growing row of plain values.
template <class T>
class Row {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::size_t at) { return data_[at]; }
  const T& operator[](std::size_t at) const { return data_[at]; }
  T& back() { return data_[size_ - 1]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& push(const T& value) {
    if (size_ == room_) grow();
    return *::new (data_ + size_++) T(value);
  }
  void pop() { --size_; }
  void clear() { size_ = 0; }
  void remove(std::uint32_t at) {  // keeps the order
    for (std::uint32_t i = at + 1; i < size_; ++i) data_[i - 1] = data_[i];
    --size_;
  }

 private:
  void grow() {
    const std::uint32_t room = room_ ? room_ * 2 : 4;
    T* data = static_cast<T*>(arena_take(room * sizeof(T)));
    if (size_) std::memcpy(static_cast<void*>(data), data_, size_ * sizeof(T));
    data_ = data;
    room_ = room;
  }
  T* data_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t room_ = 0;
};

// From a nonzero number (an address, mostly) to a value: open addressing, values never move once made.
template <class V>
class NumberMap {
 public:
  V* find(std::uint64_t key) const {
    if (!room_) return nullptr;
    for (std::uint64_t at = slot(key);; at = (at + 1) & (room_ - 1)) {
      if (slots_[at].key == key) return slots_[at].value;
      if (slots_[at].key == 0) return nullptr;
    }
  }
  // Makes a zeroed value where there is none.
  V& at(std::uint64_t key) {
    if (V* known = find(key)) return *known;
    if ((size_ + 1) * 2 > room_) grow();
    V* value = ::new (arena_take(sizeof(V))) V();
    place(key, value);
    ++size_;
    return *value;
  }
  template <class F>
  void each(F f) const {
    for (std::uint64_t i = 0; i < room_; ++i)
      if (slots_[i].key) f(slots_[i].key, *slots_[i].value);
  }
  std::uint64_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t key;
    V* value;
  };
  std::uint64_t slot(std::uint64_t key) const { return (key * 0x9e3779b97f4a7c15ull >> 20) & (room_ - 1); }
  void place(std::uint64_t key, V* value) {
    std::uint64_t at = slot(key);
    while (slots_[at].key) at = (at + 1) & (room_ - 1);
    slots_[at] = {key, value};
  }
  void grow() {
    Slot* old = slots_;
    const std::uint64_t count = room_;
    room_ = room_ ? room_ * 2 : 64;
    slots_ = static_cast<Slot*>(arena_take(room_ * sizeof(Slot)));
    for (std::uint64_t i = 0; i < count; ++i)
      if (old[i].key) place(old[i].key, old[i].value);
  }
  Slot* slots_ = nullptr;
  std::uint64_t room_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace lockstep::engine
