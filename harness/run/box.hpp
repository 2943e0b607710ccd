// One box: a command between the moment it is started and the moment when nothing of it is left.
//
// Theory of operation. Three processes stand between us and the command:
//   lockstep's thread --(spawn)--> bubblewrap --(new namespaces)--> box_init, PID 1 inside --(fork)--> the program
// bubblewrap dies with the thread that spawned it, box_init dies with bubblewrap, and when the first process of a process namespace dies,
// the kernel kills all others: so a killed lockstep leaves nothing. box_init talks to us over a socket pair; bubblewrap's own exit status
// is never believed, because a program inside could forge it. Where no namespaces are to be had, and for our own tools, box_init is
// spawned directly and reaps and kills what it can.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "harness/run/box_init/wire.hpp"
#include "harness/run/descriptor.hpp"
#include "harness/run/process_runner.hpp"
#include "harness/run/slot.hpp"

namespace lockstep::run {

// Folders that the run may write into belong to its user while it lasts. Only the folder itself: never what a program has put there.
class LentFolders {
 public:
  LentFolders(const std::vector<Mount>& mounts, uid_t uid);
  ~LentFolders();
  LentFolders(const LentFolders&) = delete;
  LentFolders& operator=(const LentFolders&) = delete;

 private:
  struct Lent {
    Descriptor folder;
    uid_t uid;
    gid_t gid;
  };
  std::vector<Lent> lent_;
};

class Box {
 public:
  // Starts box_init and waits until it is ready; the program does not run yet. `confinement` says which of the ways, never `strongest`.
  Box(const Command& command, Confinement confinement, const Slot& slot, const std::string& box_init);
  ~Box();  // kills whatever is left and waits for it
  Box(const Box&) = delete;
  Box& operator=(const Box&) = delete;

  void go();
  void ask_to_stop();  // box_init kills everybody and reports
  void kill_at_once();
  std::optional<wire::Message> receive();  // what box_init has said, without waiting
  void wait_for_launcher();                // returns at once if `launcher_watch` is readable

  pid_t init() const { return init_; }  // as seen from outside
  int launcher_watch() const { return launcher_watch_.get(); }
  int control() const { return control_.get(); }
  int out() const { return out_.get(); }
  int err() const { return err_.get(); }
  int channel() const { return channel_.get(); }  // -1: none
  const std::string& token() const { return token_; }

 private:
  void start_channel(const Command& command);
  void open_fifos(const std::string& folder, int ranks);
  void launch(const Command& command, Confinement confinement, uid_t box_uid, const std::string& box_init, const Descriptor& plan,
              const Pipe& control);
  void wait_until_ready();

  std::optional<PrivateFolder> folder_;
  std::optional<LentFolders> lent_;
  Descriptor control_, out_, err_, channel_, launcher_watch_, init_watch_;
  Descriptor program_out_, program_err_, program_channel_, program_token_;  // the program's ends, until it has them
  Descriptor token_writer_;                                                 // of the FIFO of ranks
  pid_t launcher_ = 0;
  pid_t init_ = 0;
  std::string token_;
};

}  // namespace lockstep::run
