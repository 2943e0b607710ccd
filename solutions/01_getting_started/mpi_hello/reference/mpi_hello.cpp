// Point to point throughout: the receiver knows whom it expects, and asks the message how long it is.
#include "mpi_hello.hpp"

#include <cstring>

namespace pdc {
namespace {

constexpr int tag = 0;

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

int size_of(MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  return size;
}

void send_bytes(const std::string& bytes, int to, MPI_Comm comm) {
  MPI_Send(bytes.data(), static_cast<int>(bytes.size()), MPI_CHAR, to, tag, comm);
}

std::string receive_bytes(int from, MPI_Comm comm) {
  MPI_Status status;
  MPI_Probe(from, tag, comm, &status);
  int length = 0;
  MPI_Get_count(&status, MPI_CHAR, &length);
  std::string bytes(static_cast<std::size_t>(length), '\0');
  MPI_Recv(bytes.data(), length, MPI_CHAR, from, tag, comm, MPI_STATUS_IGNORE);
  return bytes;
}

// A record travels as its strings, key, value, key, value, ..., each behind its length: objects hold pointers, and those mean nothing
// to another process.
std::string serialise(const Record& record) {
  std::string bytes;
  const auto append = [&bytes](const std::string& text) {
    const std::uint64_t length = text.size();
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
    bytes.append(text);
  };
  for (const auto& [key, value] : record) {
    append(key);
    append(value);
  }
  return bytes;
}

Record deserialise(std::string_view bytes) {
  const auto take = [&bytes] {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    const std::string text(bytes.substr(sizeof length, length));
    bytes.remove_prefix(sizeof length + length);
    return text;
  };
  Record record;
  while (!bytes.empty()) {
    const std::string key = take();
    record[key] = take();
  }
  return record;
}

}  // namespace

std::string greeting(MPI_Comm comm) { return "Hello from rank " + std::to_string(rank_in(comm)) + " of " + std::to_string(size_of(comm)); }

std::vector<std::string> collect_greetings(MPI_Comm comm) {
  if (rank_in(comm) != 0) {
    send_bytes(greeting(comm), 0, comm);
    return {};
  }
  std::vector<std::string> all{greeting(comm)};
  for (int from = 1; from < size_of(comm); ++from) all.push_back(receive_bytes(from, comm));
  return all;
}

Record forward_record(const Record& mine, MPI_Comm comm) {
  const int rank = rank_in(comm);
  if (rank == 0 && size_of(comm) > 1) send_bytes(serialise(mine), 1, comm);
  if (rank == 1) return deserialise(receive_bytes(0, comm));
  return {};
}

}  // namespace pdc
