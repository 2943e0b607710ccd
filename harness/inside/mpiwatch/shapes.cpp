#include "harness/inside/mpiwatch/shapes.hpp"

#include "harness/inside/mpiwatch/buffers.hpp"
#include "harness/inside/mpiwatch/types.hpp"

namespace lockstep::mpiwatch {
namespace {

Kind kind_in(MPI_Datatype type) {
  if (type == MPI_DATATYPE_NULL) return Kind::none;
  const Signature& unit = type_of(type).unit;
  return unit.uniform() && !unit.unknown ? unit.runs[0].kind : Kind::other;
}

std::int64_t elements_in(std::int64_t count, MPI_Datatype type) {
  return type == MPI_DATATYPE_NULL || count <= 0 ? 0 : count * static_cast<std::int64_t>(type_of(type).unit.elements());
}

std::vector<std::int64_t> amounts(const Side& side, std::size_t peers) {
  if (side.counts == nullptr && side.count < 0) return {};
  std::vector<std::int64_t> all(peers, -1);
  for (std::size_t i = 0; i < peers; ++i) {
    if (side.only >= 0 && static_cast<std::size_t>(side.only) != i) continue;
    all[i] = elements_in(side.counts != nullptr ? side.counts[i] : side.count, side.type);
    if (all[i] > 0x7fff'ffff) all[i] = -1;
  }
  return all;
}

}  // namespace

Shape shape_of_meeting(int root) {
  Shape shape;
  shape.root = root;
  return shape;
}

Shape shape_of_same(int count, MPI_Datatype type, int root, MPI_Op op) {
  Shape shape;
  shape.root = root;
  shape.op = op;
  shape.has_data = true;
  shape.data = signature_of(static_cast<std::int64_t>(count), type);
  return shape;
}

Shape shape_of_counts(const int counts[], MPI_Datatype type, MPI_Op op, MPI_Comm comm) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < communicator_of(comm).members.size(); ++i) sum += counts[i];
  return shape_of_same(static_cast<int>(sum), type, -1, op);
}

Shape shape_of_pairs(const Side& sent, const Side& expected, MPI_Comm comm, int root) {
  const Communicator& communicator = communicator_of(comm);
  Shape shape;
  shape.root = communicator.between ? -1 : root;
  shape.in_pairs = !communicator.between;
  shape.sent_kind = kind_in(sent.type);
  shape.expected_kind = kind_in(expected.type);
  shape.sent = amounts(sent, communicator.peers.size());
  shape.expected = amounts(expected, communicator.peers.size());
  return shape;
}

bool is_root(int root, MPI_Comm comm) { return communicator_of(comm).between ? root == MPI_ROOT : communicator_of(comm).rank == root; }

Misuse check_part(const void* buffer, int count, MPI_Datatype type, bool in_place) {
  if (buffer == MPI_IN_PLACE) {
    if (in_place) return {};
    return {"in_place", "MPI_IN_PLACE is not allowed for this argument"};
  }
  return check_data(buffer, count, type);
}

Misuse check_counts(const int counts[], MPI_Datatype type, MPI_Comm comm) {
  if (counts == nullptr) return {"null_buffer", "the array of counts is a null pointer"};
  for (std::size_t i = 0; i < communicator_of(comm).peers.size(); ++i)
    if (counts[i] < 0) return {"count", "the count for rank " + std::to_string(i) + " is " + std::to_string(counts[i])};
  if (type == MPI_DATATYPE_NULL) return {"datatype", "the datatype is MPI_DATATYPE_NULL"};
  if (!is_committed(type)) return {"datatype", "the datatype has not been committed: MPI_Type_commit comes first"};
  return {};
}

Misuse check_op(MPI_Op op) {
  if (op == MPI_OP_NULL) return {"operation", "the operation is MPI_OP_NULL"};
  return {};
}

Misuse check_apart(const void* data, int count, MPI_Datatype type, const void* into, int into_count, MPI_Datatype into_type) {
  if (data == MPI_IN_PLACE || into == MPI_IN_PLACE || data == nullptr || into == nullptr || type == MPI_DATATYPE_NULL || into_type == MPI_DATATYPE_NULL)
    return {};
  std::uintptr_t from = 0, to = 0, begin = 0, end = 0;
  if (!range_of(data, count, type, from, to) || !range_of(into, into_count, into_type, begin, end)) return {};
  if (from >= end || begin >= to) return {};
  return {"overlapping_buffers", "what is sent and what is received share memory; MPI_IN_PLACE is there for that"};
}

}  // namespace lockstep::mpiwatch
