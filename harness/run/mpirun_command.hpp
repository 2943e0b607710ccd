// How ranks are started: the options of Open MPI that make a launch quick, quiet and possible without network, root or terminal.
#pragma once

#include <string>
#include <vector>

namespace lockstep::run {

struct RankLaunch {
  std::vector<std::string> argv;
  std::vector<std::string> env;  // in addition to the program's own
};

// `box_init` and `fifos`: where the ranks find the program that opens their channel, and the folder that holds it. `temporary`: where Open MPI
// may keep its files; its sockets are there, and the path of a socket is short. /tmp stands for the private one of a box.
RankLaunch mpirun_command(int ranks, const std::vector<std::string>& program, const std::string& box_init, const std::string& fifos,
                          const std::string& temporary);

}  // namespace lockstep::run
