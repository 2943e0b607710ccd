#include <memory>

#include "grader/cli/command.hpp"
#include "grader/cli/file_output.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/rendering.hpp"
#include "grader/report/record_json.hpp"
#include "grader/scoring/rescore.hpp"

namespace lockstep::cli {

std::function<int()> add_report(CLI::App& app, const GlobalOptions&) {
  CLI::App* command = app.add_subcommand("report", "A record in any format again; nothing is run");
  auto file = std::make_shared<std::string>();
  auto options = std::make_shared<RenderOptions>();
  command->add_option("record", *file, "A record.json")->required()->type_name("FILE");
  add_render_options(*command, *options);
  return [file, options] {
    const model::Record record = report::parse_record(read_whole(*file), *file);
    deliver(record, *options, "", false);
    return exit_code_of(record);
  };
}

std::function<int()> add_regrade(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("regrade", "Scores an old record under today's points; nothing is run");
  auto file = std::make_shared<std::string>();
  auto options = std::make_shared<RenderOptions>();
  command->add_option("record", *file, "A record.json")->required()->type_name("FILE");
  add_render_options(*command, *options);
  return [&global, file, options] {
    const model::Record record = report::parse_record(read_whole(*file), *file);
    const catalog::Course course = open_course(global);
    const model::Record today = scoring::rescore(record, catalog::find_exercise(course, record.exercise));
    deliver(today, *options, "", true);
    return exit_code_of(today);
  };
}

}  // namespace lockstep::cli
