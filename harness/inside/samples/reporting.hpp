// Stands for a student's file: what it does wrong, the sanitizers must see.
#pragma once

#include <cstddef>
#include <functional>

namespace sample {

void add_unlocked();  // a race on a global
void add_locked();    // the same, rightly
long total();
void publish_relaxed(long value);  // a flag that orders nothing
long wait_for_published();
void leak(std::size_t bytes);
int use_after_free();
int overflow(int base);
void store_through_null();
void leave_by_exit();
[[noreturn]] void not_written_yet();
void in_noexcept() noexcept;

}  // namespace sample
