// Code addresses to source lines, by addr2line, module by module.
#include <map>

#include "harness/build/addr2line_text.hpp"
#include "harness/build/build.hpp"
#include "harness/build/symbol_names.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

struct Address {
  std::string module;
  std::string offset;  // "0x1234"
};

Address split(const std::string& address) {
  const std::size_t plus = address.rfind("+0x");
  if (plus == std::string::npos) return {address, {}};
  return {address.substr(0, plus), address.substr(plus + 1)};
}

model::Frame to_frame(const CodePlace& place, const std::string& module, const std::vector<std::string>& edit) {
  model::Frame frame;
  frame.function = place.function;
  frame.file = place.file.empty() ? module : place.file;
  frame.line = place.line;
  for (const std::string& name : edit) frame.students |= frame.file == name;
  frame.library = place.file.empty() || frame.file.starts_with('/') || frame.file.starts_with("harness/");
  return frame;
}

}  // namespace

std::map<std::string, std::vector<model::Frame>> symbolise(const std::filesystem::path& executable, const std::vector<std::string>& addresses,
                                                           const std::vector<std::string>& edit, run::ProcessRunner& runner) {
  std::map<std::string, std::vector<std::string>> by_module;  // the file to ask -> addresses
  std::map<std::string, std::vector<model::Frame>> frames;
  for (const std::string& address : addresses) {
    const Address parts = split(address);
    frames[address] = {to_frame({}, parts.module, edit)};
    const std::string name = parts.module.substr(parts.module.rfind('/') + 1);
    const bool ours = name == executable.filename().string();
    if (!parts.offset.empty() && (ours || parts.module.starts_with("/usr/") || parts.module.starts_with("/lib")))
      by_module[ours ? executable.string() : parts.module].push_back(address);
  }
  for (const auto& [module, asked] : by_module) {
    for (std::size_t from = 0; from < asked.size(); from += 500) {
      run::Command command;
      command.argv = {"/usr/bin/addr2line", "--functions", "--inlines", "--addresses", "--exe=" + module};
      command.env = {"LC_ALL=C", "PATH=/usr/bin:/bin"};
      command.mounts = {{module, module, false}};
      for (std::size_t i = from; i < asked.size() && i < from + 500; ++i) command.argv.push_back(split(asked[i]).offset);
      const run::Ended ended = runner.run(command);
      if (ended.end.how != model::How::exited || ended.end.code != 0) throw model::Fault("addr2line failed: " + ended.end.err.substr(0, 300));
      const std::vector<std::vector<CodePlace>> places = parse_addr2line(ended.end.out);
      for (std::size_t i = 0; i < places.size() && from + i < asked.size(); ++i) {
        std::vector<model::Frame>& found = frames[asked[from + i]];
        found.clear();
        for (const CodePlace& place : places[i]) found.push_back(to_frame(place, split(asked[from + i]).module, edit));
      }
    }
  }
  return frames;
}

}  // namespace lockstep::build
