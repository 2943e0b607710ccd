/* For explored programs, before everything else: what exercises/pdc/prelude.hpp says of std::counting_semaphore. */
#include <limits.h>
#undef _POSIX_SEM_VALUE_MAX
#define _POSIX_SEM_VALUE_MAX 2147483647
