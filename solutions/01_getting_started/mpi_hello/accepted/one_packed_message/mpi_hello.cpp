// Everything travels as one message of bytes that tells its own structure: a count of strings, their lengths, then their bytes. A matched
// probe finds out how large it is.
#include "mpi_hello.hpp"

#include <cstring>
#include <numeric>

namespace pdc {
namespace {

std::vector<std::byte> pack(const std::vector<std::string>& strings) {
  std::vector<std::uint64_t> head{strings.size()};
  for (const std::string& text : strings) head.push_back(text.size());
  const std::size_t total = std::accumulate(head.begin() + 1, head.end(), head.size() * sizeof head[0]);
  std::vector<std::byte> packed(total);
  std::byte* at = packed.data();
  const auto add = [&at](const void* from, std::size_t size) {
    if (size > 0) std::memcpy(at, from, size);
    at += size;
  };
  add(head.data(), head.size() * sizeof head[0]);
  for (const std::string& text : strings) add(text.data(), text.size());
  return packed;
}

std::vector<std::string> unpack(const std::vector<std::byte>& packed) {
  std::uint64_t count = 0;
  std::memcpy(&count, packed.data(), sizeof count);
  std::vector<std::uint64_t> lengths(count);
  if (count > 0) std::memcpy(lengths.data(), packed.data() + sizeof count, count * sizeof count);
  const char* at = reinterpret_cast<const char*>(packed.data()) + (count + 1) * sizeof count;
  std::vector<std::string> strings;
  for (const std::uint64_t length : lengths) {
    strings.emplace_back(at, length);
    at += length;
  }
  return strings;
}

void send(const std::vector<std::string>& strings, int to, MPI_Comm comm) {
  const std::vector<std::byte> packed = pack(strings);
  MPI_Ssend(packed.data(), static_cast<int>(packed.size()), MPI_BYTE, to, 77, comm);
}

std::vector<std::string> receive(int from, MPI_Comm comm) {
  MPI_Message message;
  MPI_Status status;
  MPI_Mprobe(from, 77, comm, &message, &status);
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  std::vector<std::byte> packed(static_cast<std::size_t>(size));
  MPI_Mrecv(packed.data(), size, MPI_BYTE, &message, MPI_STATUS_IGNORE);
  return unpack(packed);
}

}  // namespace

std::string greeting(MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::string text = "Hello from rank ";
  text += std::to_string(rank);
  text += " of ";
  text += std::to_string(size);
  return text;
}

std::vector<std::string> collect_greetings(MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const std::string own = greeting(comm);
  if (rank != 0) {
    send({own}, 0, comm);
    return {};
  }
  // From the last to the first: the order of receiving is free, the place in the result is not.
  std::vector<std::string> all(static_cast<std::size_t>(size), own);
  for (int from = size - 1; from > 0; --from) all[static_cast<std::size_t>(from)] = receive(from, comm).front();
  return all;
}

Record forward_record(const Record& mine, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  Record record;
  if (rank == 0 && size > 1) {
    std::vector<std::string> strings;
    for (const auto& [key, value] : mine) {
      strings.push_back(key);
      strings.push_back(value);
    }
    send(strings, 1, comm);
  } else if (rank == 1) {
    const std::vector<std::string> strings = receive(0, comm);
    for (std::size_t i = 0; i + 1 < strings.size(); i += 2) record[strings[i]] = strings[i + 1];
  }
  return record;
}

}  // namespace pdc
