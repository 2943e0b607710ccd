// One-sided communication (MPI 3.1, 11.3): checked, compared with what is under way on the same memory, and then made by the library.
#include <mpi.h>

#include "harness/inside/mpiwatch/windows.hpp"

using namespace lockstep::mpiwatch;

namespace {

OriginBuffer reads(const void* at, int count, MPI_Datatype type) { return {const_cast<void*>(at), count, type}; }

// MPI_NO_OP reads nothing at the origin (11.3.4).
std::optional<OriginBuffer> reads_for(MPI_Op op, const void* at, int count, MPI_Datatype type) {
  return op == MPI_NO_OP ? std::nullopt : std::optional(reads(at, count, type));
}

// `library`: makes the call, with the memory for what it brings and the request, if it has one.
template <class Library>
int access(const Site& site, MPI_Win handle, const AccessCall& call, MPI_Request* made, Library library) {
  enter(site);
  Window& window = window_of(site, handle);
  void* result = call.result ? call.result->at : nullptr;
  if (const Misuse misuse = check_access(window, call)) return answer(misuse, site, handle, [=] { return library(result, made); });
  if (call.target == MPI_PROC_NULL) return library(result, made);
  const int target = window.members[static_cast<std::size_t>(call.target)];
  refuse(note_access(window.epochs, target, made != nullptr), site, target);
  const std::uint32_t number = begin_access(site, window, call, made != nullptr);
  Request *data = nullptr, *into = nullptr;
  if (call.data) data = &hold_buffer(site, handle, call.target, *call.data, false, number);
  if (call.result) into = &hold_buffer(site, handle, call.target, *call.result, true, number);
  if (into != nullptr) result = place_for_result(*into);
  MPI_Request request = MPI_REQUEST_NULL;
  const int rc = library(result, &request);
  if (made == nullptr || rc != MPI_SUCCESS) return rc;
  Request* main = into != nullptr ? into : data;
  main->library = request;
  main->arrived = request == MPI_REQUEST_NULL;
  *made = main->handle();
  return rc;
}

}  // namespace

extern "C" {

int MPI_Put(const void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Win window) {
  const AccessCall call{AccessKind::put, reads(data, count, type), {}, target, at, target_count, target_type};
  return access(LOCKSTEP_SITE(count, type), window, call, nullptr,
                [=](void*, MPI_Request*) { return PMPI_Put(data, count, type, target, at, target_count, target_type, window); });
}
int MPI_Rput(const void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Win window,
             MPI_Request* request) {
  const AccessCall call{AccessKind::put, reads(data, count, type), {}, target, at, target_count, target_type};
  return access(LOCKSTEP_SITE(count, type), window, call, request,
                [=](void*, MPI_Request* r) { return PMPI_Rput(data, count, type, target, at, target_count, target_type, window, r); });
}

int MPI_Get(void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Win window) {
  const AccessCall call{AccessKind::get, {}, OriginBuffer{data, count, type}, target, at, target_count, target_type};
  return access(LOCKSTEP_SITE(count, type), window, call, nullptr,
                [=](void* into, MPI_Request*) { return PMPI_Get(into, count, type, target, at, target_count, target_type, window); });
}
int MPI_Rget(void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Win window,
             MPI_Request* request) {
  const AccessCall call{AccessKind::get, {}, OriginBuffer{data, count, type}, target, at, target_count, target_type};
  return access(LOCKSTEP_SITE(count, type), window, call, request,
                [=](void* into, MPI_Request* r) { return PMPI_Rget(into, count, type, target, at, target_count, target_type, window, r); });
}

int MPI_Accumulate(const void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Op op,
                   MPI_Win window) {
  const AccessCall call{AccessKind::accumulate, reads(data, count, type), {}, target, at, target_count, target_type, op};
  return access(LOCKSTEP_SITE(count, type), window, call, nullptr,
                [=](void*, MPI_Request*) { return PMPI_Accumulate(data, count, type, target, at, target_count, target_type, op, window); });
}
int MPI_Raccumulate(const void* data, int count, MPI_Datatype type, int target, MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Op op,
                    MPI_Win window, MPI_Request* request) {
  const AccessCall call{AccessKind::accumulate, reads(data, count, type), {}, target, at, target_count, target_type, op};
  return access(LOCKSTEP_SITE(count, type), window, call, request,
                [=](void*, MPI_Request* r) { return PMPI_Raccumulate(data, count, type, target, at, target_count, target_type, op, window, r); });
}

int MPI_Get_accumulate(const void* data, int count, MPI_Datatype type, void* result, int result_count, MPI_Datatype result_type, int target,
                       MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Op op, MPI_Win window) {
  const AccessCall call{AccessKind::accumulate, reads_for(op, data, count, type), OriginBuffer{result, result_count, result_type}, target, at, target_count,
                        target_type, op};
  return access(LOCKSTEP_SITE(result_count, result_type), window, call, nullptr, [=](void* into, MPI_Request*) {
    return PMPI_Get_accumulate(data, count, type, into, result_count, result_type, target, at, target_count, target_type, op, window);
  });
}
int MPI_Rget_accumulate(const void* data, int count, MPI_Datatype type, void* result, int result_count, MPI_Datatype result_type, int target,
                        MPI_Aint at, int target_count, MPI_Datatype target_type, MPI_Op op, MPI_Win window, MPI_Request* request) {
  const AccessCall call{AccessKind::accumulate, reads_for(op, data, count, type), OriginBuffer{result, result_count, result_type}, target, at, target_count,
                        target_type, op};
  return access(LOCKSTEP_SITE(result_count, result_type), window, call, request, [=](void* into, MPI_Request* r) {
    return PMPI_Rget_accumulate(data, count, type, into, result_count, result_type, target, at, target_count, target_type, op, window, r);
  });
}

int MPI_Fetch_and_op(const void* data, void* result, MPI_Datatype type, int target, MPI_Aint at, MPI_Op op, MPI_Win window) {
  const AccessCall call{AccessKind::accumulate, reads_for(op, data, 1, type), OriginBuffer{result, 1, type}, target, at, 1, type, op};
  return access(LOCKSTEP_SITE(1, type), window, call, nullptr,
                [=](void* into, MPI_Request*) { return PMPI_Fetch_and_op(data, into, type, target, at, op, window); });
}

int MPI_Compare_and_swap(const void* data, const void* compare, void* result, MPI_Datatype type, int target, MPI_Aint at, MPI_Win window) {
  const AccessCall call{AccessKind::accumulate, reads(data, 1, type), OriginBuffer{result, 1, type}, target, at, 1, type};
  return access(LOCKSTEP_SITE(1, type), window, call, nullptr,
                [=](void* into, MPI_Request*) { return PMPI_Compare_and_swap(data, compare, into, type, target, at, window); });
}

}  // extern "C"
