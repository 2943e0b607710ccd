#include "mpi_hello.hpp"

#include <cstring>

namespace pdc {

std::string greeting(MPI_Comm comm) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  return "Hello from rank " + std::to_string(rank) + " of " + std::to_string(size);
}

static void send_string(const std::string& text, int to, MPI_Comm comm) {
  MPI_Send(text.data(), static_cast<int>(text.size()), MPI_CHAR, to, 0, comm);
}

static std::string receive_string(int from, MPI_Comm comm) {
  MPI_Status status;
  MPI_Probe(from, 0, comm, &status);
  int length;
  MPI_Get_count(&status, MPI_CHAR, &length);
  std::string text(static_cast<std::size_t>(length), '\0');
  MPI_Recv(text.data(), length, MPI_CHAR, status.MPI_SOURCE, 0, comm, MPI_STATUS_IGNORE);
  return text;
}

std::vector<std::string> collect_greetings(MPI_Comm comm) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::vector<std::string> greetings;
  if (rank == 0) {
    greetings.push_back(greeting(comm));
    for (int i = 1; i < size; ++i) greetings.push_back(receive_string(i, comm));
  } else {
    send_string(greeting(comm), 0, comm);
  }
  return greetings;
}

static void add(std::string& bytes, const std::string& text) {
  const std::size_t length = text.size();
  bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
  bytes += text;
}

static std::string take(const std::string& bytes, std::size_t& position) {
  std::size_t length;
  std::memcpy(&length, bytes.data() + position, sizeof length);
  position += sizeof length;
  std::string text = bytes.substr(position, length);
  position += length;
  return text;
}

Record forward_record(const Record& mine, MPI_Comm comm) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  Record record;
  if (size < 2) MPI_Abort(comm, 1);
  if (rank == 0) {
    std::string bytes;
    for (const auto& [key, value] : mine) {
      add(bytes, key);
      add(bytes, value);
    }
    send_string(bytes, 1, comm);
  }
  if (rank == 1) {
    const std::string bytes = receive_string(0, comm);
    std::size_t position = 0;
    while (position < bytes.size()) {
      const std::string key = take(bytes, position);
      record[key] = take(bytes, position);
    }
  }
  return record;
}

}  // namespace pdc
