// The function that a definition of ours stands in front of, for code that no execution controls.
#pragma once

#include <dlfcn.h>

namespace lockstep::engine {

template <class F>
F* real_function(F*& known, const char* name) {
  if (!known) known = reinterpret_cast<F*>(dlsym(RTLD_NEXT, name));
  return known;
}

}  // namespace lockstep::engine

#define LOCKSTEP_REAL(name)                               \
  static decltype(::name)* real_##name##_known = nullptr; \
  const auto real_##name = ::lockstep::engine::real_function(real_##name##_known, #name)
