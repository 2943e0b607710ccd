#include "harness/inside/mpiwatch/words.hpp"

#include <unordered_map>

namespace lockstep::mpiwatch {
namespace {

std::unordered_map<MPI_Request, std::string>& noted() {
  static auto* requests = new std::unordered_map<MPI_Request, std::string>;  // alive until the process ends: MPI may be used by destructors
  return *requests;
}

}  // namespace

std::string rank_words(int rank) {
  if (rank == MPI_ANY_SOURCE) return "MPI_ANY_SOURCE";
  if (rank == MPI_PROC_NULL) return "MPI_PROC_NULL";
  return std::to_string(rank);
}

std::string tag_words(int tag) { return tag == MPI_ANY_TAG ? "MPI_ANY_TAG" : std::to_string(tag); }

std::string data_words(int count, MPI_Datatype type) {
  char name[MPI_MAX_OBJECT_NAME] = "";
  int length = 0;
  if (type != MPI_DATATYPE_NULL) PMPI_Type_get_name(type, name, &length);
  return std::to_string(count) + " x " + (length > 0 ? name : "a type of its own");
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

void note_request(MPI_Request request, std::string call) {
  if (request != MPI_REQUEST_NULL) noted()[request] = std::move(call);
}

void forget_request(MPI_Request request) { noted().erase(request); }

std::string request_words(MPI_Request request) {
  if (request == MPI_REQUEST_NULL) return "MPI_REQUEST_NULL";
  const auto known = noted().find(request);
  return known != noted().end() ? known->second : "a request";
}

std::string requests_words(int count, const MPI_Request requests[]) {
  std::string text = std::to_string(count) + (count == 1 ? " request" : " requests");
  constexpr int most_named = 4;
  for (int i = 0; i < count && i < most_named; ++i) text += (i == 0 ? ": " : ", ") + request_words(requests[i]);
  if (count > most_named) text += ", ...";
  return text;
}

}  // namespace lockstep::mpiwatch
