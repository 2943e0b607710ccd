// LOCKSTEP_UNDER_TSAN is defined in code that is compiled with -fsanitize=thread: gcc and clang say so in different ways.
#pragma once

#if defined(__SANITIZE_THREAD__)
#define LOCKSTEP_UNDER_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LOCKSTEP_UNDER_TSAN 1
#endif
#endif
