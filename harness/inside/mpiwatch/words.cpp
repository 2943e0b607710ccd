#include "harness/inside/mpiwatch/words.hpp"

#include "harness/inside/mpiwatch/types.hpp"

namespace lockstep::mpiwatch {
std::string rank_words(int rank) {
  if (rank == MPI_ANY_SOURCE) return "MPI_ANY_SOURCE";
  if (rank == MPI_PROC_NULL) return "MPI_PROC_NULL";
  return std::to_string(rank);
}

std::string tag_words(int tag) { return tag == MPI_ANY_TAG ? "MPI_ANY_TAG" : std::to_string(tag); }

std::string data_words(int count, MPI_Datatype type) {
  return std::to_string(count) + " x " + name_of_type(type);
}

std::string send_words(const char* call, int count, MPI_Datatype type, int to, int tag) {
  return std::string(call) + "(" + data_words(count, type) + ", dest=" + rank_words(to) + ", tag=" + tag_words(tag) + ")";
}

std::string receive_words(const char* call, int count, MPI_Datatype type, int from, int tag) {
  return std::string(call) + "(at most " + data_words(count, type) + ", source=" + rank_words(from) + ", tag=" + tag_words(tag) + ")";
}

std::string error_words(int code) {
  char text[MPI_MAX_ERROR_STRING] = "";
  int length = 0;
  if (PMPI_Error_string(code, text, &length) != MPI_SUCCESS) return "error " + std::to_string(code);
  return std::string(text, static_cast<std::size_t>(length));
}

}  // namespace lockstep::mpiwatch
