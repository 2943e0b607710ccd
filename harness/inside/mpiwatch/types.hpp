// What the layer knows of datatypes: their signature, whether they are committed, who made them. Derived types are taken apart by
// MPI_Type_get_envelope and MPI_Type_get_contents (MPI 3.1, 4.1.13).
#pragma once

#include <mpi.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

struct Type {
  Signature unit;
  std::int64_t size = 0;        // bytes of data in one element
  std::int64_t lower = 0;       // where they begin, and how far the next element is, in bytes
  std::int64_t extent = 0;
  bool contiguous = false;      // no gaps: one element follows the other
  bool derived = false;
  char name[28] = "";
  std::optional<std::vector<Strip>> strips;  // once somebody has asked for them
};

// Of any handle but MPI_DATATYPE_NULL; looked up once.
const Type& type_of(MPI_Datatype type);
const char* name_of_type(MPI_Datatype type);
Signature signature_of(std::int64_t count, MPI_Datatype type);
std::int64_t bytes_of(std::int64_t count, MPI_Datatype type);

// The bytes of one element, from where it stands. Empty if they are too many to look for, or in too many pieces.
const std::vector<Strip>& strips_of_type(MPI_Datatype type);

void note_committed(MPI_Datatype type);
bool is_committed(MPI_Datatype type);
void forget_type(MPI_Datatype type);  // the handle is freed, and may come again for another one

}  // namespace lockstep::mpiwatch
