// Rank 0 posts a receive for every length at once, then one for every text: nobody waits for the slowest of the ranks before it.
#include "mpi_hello.hpp"

#include <cstring>

namespace pdc {
namespace {

constexpr int length_tag = 10;
constexpr int text_tag = 11;

struct Place {
  int rank = 0, size = 0;
  explicit Place(MPI_Comm comm) {
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
  }
};

void send_text(const std::string& text, int to, MPI_Comm comm) {
  const int length = static_cast<int>(text.size());
  std::array<MPI_Request, 2> requests;
  MPI_Isend(&length, 1, MPI_INT, to, length_tag, comm, &requests[0]);
  MPI_Isend(text.data(), length, MPI_BYTE, to, text_tag, comm, &requests[1]);
  MPI_Waitall(2, requests.data(), MPI_STATUSES_IGNORE);
}

// One text from each of the ranks first, first + 1, ..., last - 1.
std::vector<std::string> receive_texts(int first, int last, MPI_Comm comm) {
  const int count = last - first;
  std::vector<int> lengths(static_cast<std::size_t>(count));
  std::vector<MPI_Request> requests(lengths.size());
  for (int i = 0; i < count; ++i)
    MPI_Irecv(&lengths[static_cast<std::size_t>(i)], 1, MPI_INT, first + i, length_tag, comm, &requests[static_cast<std::size_t>(i)]);
  MPI_Waitall(count, requests.data(), MPI_STATUSES_IGNORE);
  std::vector<std::string> texts;
  for (const int length : lengths) texts.emplace_back(static_cast<std::size_t>(length), '\0');
  for (int i = 0; i < count; ++i) {
    std::string& text = texts[static_cast<std::size_t>(i)];
    MPI_Irecv(text.data(), static_cast<int>(text.size()), MPI_BYTE, first + i, text_tag, comm, &requests[static_cast<std::size_t>(i)]);
  }
  MPI_Waitall(count, requests.data(), MPI_STATUSES_IGNORE);
  return texts;
}

// "3:abc" for a string of three characters; strings follow each other without anything in between.
std::string pack(const std::string& text) { return std::to_string(text.size()) + ":" + text; }

std::string unpack(const std::string& from, std::size_t& at) {
  const std::size_t colon = from.find(':', at);
  const std::size_t length = std::stoul(from.substr(at, colon - at));
  at = colon + 1 + length;
  return from.substr(colon + 1, length);
}

}  // namespace

std::string greeting(MPI_Comm comm) {
  const Place here(comm);
  return "Hello from rank " + std::to_string(here.rank) + " of " + std::to_string(here.size);
}

std::vector<std::string> collect_greetings(MPI_Comm comm) {
  const Place here(comm);
  if (here.rank > 0) {
    send_text(greeting(comm), 0, comm);
    return {};
  }
  std::vector<std::string> all = receive_texts(1, here.size, comm);
  all.insert(all.begin(), greeting(comm));
  return all;
}

Record forward_record(const Record& mine, MPI_Comm comm) {
  const Place here(comm);
  if (here.size < 2 || here.rank > 1) return {};
  if (here.rank == 0) {
    std::string packed;
    for (const auto& [key, value] : mine) packed += pack(key) + pack(value);
    send_text(packed, 1, comm);
    return {};
  }
  const std::string packed = receive_texts(0, 1, comm).front();
  Record record;
  for (std::size_t at = 0; at < packed.size();) {
    std::string key = unpack(packed, at);
    record.emplace(std::move(key), unpack(packed, at));
  }
  return record;
}

}  // namespace pdc
