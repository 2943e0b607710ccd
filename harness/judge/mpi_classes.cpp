#include "harness/judge/mpi_classes.hpp"

#include <algorithm>
#include <array>

namespace lockstep::judge {
namespace {

using model::Verdict;

constexpr std::string_view leak_advice =
    "What a program makes it also frees, on every way out, and on every rank: the library cannot know that nobody needs it any more.";
constexpr std::string_view argument_advice = "The arguments of a call must fit each other and what the other rank does: an existing rank, room for the whole message.";

constexpr std::array<MpiClass, 41> table{{
    {"unsafe_send", Verdict::mpi_misuse,
     "The standard allows MPI_Send to wait until its receive has begun; whether it does depends on the size, the library and the machine. A program that "
     "needs it to go on is not safe: change the order, or use MPI_Sendrecv or nonblocking calls."},
    {"truncation", Verdict::mpi_misuse,
     "A receive needs room for the longest message that may come. Ask a message for its length first (MPI_Probe, MPI_Get_count), or send the length ahead."},
    {"type_mismatch", Verdict::mpi_misuse,
     "What is received must have the types that were sent, element by element; bytes that happen to be as many are other numbers on the other side."},
    {"missing_wait", Verdict::mpi_misuse,
     "A nonblocking call only begins something. Until MPI_Wait or a successful MPI_Test has ended it, its buffer belongs to the library."},
    {"send_buffer_changed", Verdict::mpi_misuse,
     "Until its request is complete, a nonblocking send may read its buffer at any moment: the receiver may get the old values, the new ones or a mixture."},
    {"receive_buffer_touched", Verdict::mpi_misuse,
     "Until its request is complete, a nonblocking receive may write its buffer at any moment: what you write there is lost, now or another time."},
    {"buffer_gone", Verdict::mpi_misuse,
     "The memory of a message must live until its request is complete: no local variable of a function that returns, no vector that is destroyed or resized."},
    {"overlapping_buffers", Verdict::mpi_misuse, "Two operations that are under way at the same time must not share memory if one of them writes it."},
    {"ready_send", Verdict::mpi_misuse, "MPI_Rsend is right only if the receive is known to have begun. MPI_Send has no such condition."},
    {"collective_mismatch", Verdict::mpi_misuse,
     "All ranks of a communicator make the same collective calls, in the same order, with the same root and operation. Look for a condition on the rank around one."},
    {"collective_amounts", Verdict::mpi_misuse,
     "In a collective call each rank receives exactly what the other side sends to it: count times type must agree for every pair."},
    {"rank", Verdict::mpi_misuse, "Ranks go from 0 to the size of the communicator minus 1. In C++ the % of a negative number is negative: (rank + size - 1) % size."},
    {"root", Verdict::mpi_misuse, "The root is a rank of the communicator, the same on all ranks."},
    {"tag", Verdict::mpi_misuse, "A tag is a number from 0 to MPI_TAG_UB, which is at least 32767; only a receive may say MPI_ANY_TAG."},
    {"count", Verdict::mpi_misuse, "A count says how many elements of the datatype there are: 0 or more."},
    {"datatype", Verdict::mpi_misuse, "A derived datatype is made, committed, used and freed, in this order."},
    {"communicator", Verdict::mpi_misuse, "A communicator is used by its members only, until it is freed. MPI_Comm_split gives MPI_COMM_NULL to those without a colour."},
    {"operation", Verdict::mpi_misuse, "A reduction needs an operation: a predefined one, or one that MPI_Op_create has made."},
    {"null_buffer", Verdict::mpi_misuse, "A buffer must have room for all of its elements."},
    {"in_place", Verdict::mpi_misuse, "MPI_IN_PLACE stands for the send buffer in most collective calls, and only on the root in those that have one."},
    {"undeclared_wildcard", Verdict::mpi_misuse, "(rank - 1) % size is -1 on rank 0, which is no neighbour but MPI_ANY_SOURCE. Write (rank + size - 1) % size."},
    {"no_buffer", Verdict::mpi_misuse, "A buffered send copies the message into a buffer that you attach and that must be large enough."},
    {"message_handle", Verdict::mpi_misuse, "MPI_Mprobe gives a handle for one receive."},
    {"request_used_up", Verdict::mpi_misuse, "A request is complete once. Keep one copy of it: the call that completes it sets that copy to MPI_REQUEST_NULL."},
    {"request_active", Verdict::mpi_misuse, "A persistent request is started, waited for, and only then started again."},
    {"request_inactive", Verdict::mpi_misuse, "Only what is under way can be cancelled."},
    {"request_not_persistent", Verdict::mpi_misuse, "MPI_Start is for requests of MPI_Send_init and MPI_Recv_init; MPI_Isend and MPI_Irecv start by themselves."},
    {"request_null", Verdict::mpi_misuse, "There is nothing behind MPI_REQUEST_NULL."},
    {"request_freed_active", Verdict::mpi_misuse, "Wait for a receive; MPI_Request_free gives away the only means to know that it is complete."},
    {"before_init", Verdict::mpi_misuse, "MPI_Init comes before every other call of MPI."},
    {"after_finalize", Verdict::mpi_misuse, "After MPI_Finalize no call of MPI is allowed. Destructors of global objects run even later."},
    {"missing_init", Verdict::mpi_misuse, "Without MPI_Init the copies of a program know nothing of each other."},
    {"missing_finalize", Verdict::mpi_misuse, "Every rank ends MPI with MPI_Finalize, on every way out."},
    {"double_init", Verdict::mpi_misuse, "MPI is started once."},
    {"abort", Verdict::unfinished, "MPI_Abort ends all ranks at once; what they were doing is lost."},
    {"thread_level", Verdict::mpi_misuse, "Which threads may call MPI is what MPI_Init_thread has granted (its last argument), not what was asked for."},
    {"window", Verdict::mpi_misuse, "Accesses to the memory of others need an epoch: between two fences, or between lock and unlock, and every epoch is closed."},
    {"conflicting_accesses", Verdict::data_race,
     "Two accesses to the same memory of a window, of which one writes, must not be under way at the same time. An access is over when its epoch is closed or "
     "flushed, and another rank knows that only after a fence, a barrier, a message or an exclusive lock. Accumulates with one operation may meet."},
    {"outside_window", Verdict::mpi_misuse,
     "An access must lie within the target's window. Its displacement counts units of the size that the target gave when it made the window."},
    {"error", Verdict::mpi_misuse, argument_advice},
    {"", Verdict::mpi_misuse, argument_advice},
}};

constexpr MpiClass leak{"leak", Verdict::leak, leak_advice};

}  // namespace

const MpiClass& mpi_class(std::string_view tool) {
  const std::string_view word = tool.starts_with("mpi.") ? tool.substr(4) : tool;
  if (word.starts_with("leak_")) return leak;
  const auto row = std::find_if(table.begin(), table.end(), [=](const MpiClass& candidate) { return candidate.word == word; });
  return row == table.end() ? table.back() : *row;
}

}  // namespace lockstep::judge
