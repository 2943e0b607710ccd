// A counter that two threads share: right in one build of canary.cpp and wrong in the other. The smallest thing that shows whether ThreadSanitizer works here.
#pragma once

#include "pdc/prelude.hpp"

namespace pdc {
void count(bool locked);
long counted();
}  // namespace pdc
