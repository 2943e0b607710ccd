#include "grader/cli/explored_files.hpp"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "grader/cli/machine.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::cli {
namespace {

namespace json = boost::json;

std::filesystem::path file_of(const std::string& hash) { return cache_folder() / "explored" / (hash + ".json"); }

std::vector<std::string> texts(const json::value& list) {
  std::vector<std::string> found;
  for (const json::value& one : list.as_array()) found.emplace_back(one.as_string());
  return found;
}

}  // namespace

void remember_program(const std::string& hash, const pipeline::ExploreRequest& request) {
  json::array sources, arguments;
  for (const std::filesystem::path& source : request.program.sources) sources.emplace_back(source.string());
  for (const std::string& argument : request.arguments) arguments.emplace_back(argument);
  const json::object program{{"sources", sources}, {"standard", request.program.standard}, {"arguments", arguments}};
  std::error_code ignored;
  std::filesystem::create_directories(file_of(hash).parent_path(), ignored);
  const std::filesystem::path fresh = file_of(hash).string() + ".new";
  std::ofstream(fresh) << json::serialize(program) << "\n";
  std::filesystem::rename(fresh, file_of(hash), ignored);
}

std::optional<pipeline::ExploreRequest> recall_program(const std::string& hash) {
  std::ifstream file(file_of(hash));
  std::ostringstream text;
  text << file.rdbuf();
  boost::system::error_code error;
  const json::value program = json::parse(text.str(), error);
  if (!file || error) return std::nullopt;
  try {
    pipeline::ExploreRequest request;
    for (const std::string& source : texts(program.at("sources"))) request.program.sources.emplace_back(source);
    request.program.standard = std::string(program.at("standard").as_string());
    request.arguments = texts(program.at("arguments"));
    return request;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace lockstep::cli
