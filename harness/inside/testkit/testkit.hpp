// What a test author includes: ordinary GoogleTest, and fixtures for threads and processes. MPI tests include testkit/mpi.hpp as well.
// `main` is the harness' own: a test program has none.
#pragma once

#include <gtest/gtest.h>

#include "harness/inside/testkit/processes.hpp"
#include "harness/inside/testkit/threads.hpp"
