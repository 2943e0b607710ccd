// Small right and wrong pieces of work with processes, compiled and redirected like a student's object.
#pragma once

#include <sys/types.h>

#include <string>

namespace sample {

// Right ones.
std::string copy_through_a_pipe(const std::string& text);   // a child writes, the parent reads to the end and reaps; loops as it must
std::string copy_through_packets(const std::string& text);  // the same over a SOCK_SEQPACKET socket pair, one packet
void start_and_join_threads(int count);
void catch_and_restore_sigusr1();
void stop_a_child();                      // kills and reaps its own child
bool two_writers_stay_whole(int rounds);  // records of 64 bytes, each one write
int forks_until_failure(int most);        // forks and reaps; how many forks succeeded before one failed with EAGAIN
int reads_per_byte(std::size_t length);   // how many reads it took to read `length` bytes from a full pipe

// Wrong ones.
void leave_a_zombie();
pid_t leave_a_sleeping_child();
pid_t leave_an_orphan();  // its parent, our child, is reaped; the grandchild lives on
void leave_a_descriptor();
void close_a_descriptor_of_the_caller(int descriptor);
void leave_sigterm_blocked();
void leave_sigpipe_ignored();
void leave_a_thread();
void leave_shared_memory();
pid_t return_in_the_child();  // returns twice
void exit_in_the_child();
bool writers_of_two_parts_mix(int rounds);  // header and payload in two writes: true if a mixed record was seen
int kill_returning_errno(pid_t target, int signal);

}  // namespace sample
