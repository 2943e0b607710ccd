#include <memory>

#include "grader/cli/command.hpp"
#include "grader/cli/file_output.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "grader/cli/rendering.hpp"
#include "grader/report/record_json.hpp"
#include "grader/scoring/rescore.hpp"

namespace lockstep::cli {

std::function<int()> add_report(CLI::App& app, const GlobalOptions&) {
  CLI::App* command = app.add_subcommand("report", "A record in any format again; nothing is run");
  set_manual(*command, {"Reads the record of a grading and renders it. Nothing is compiled or run, and the exercise need not be there.",
                        "0    the record holds full marks\n"
                        "1    it does not",
                        "record.json, as `lockstep grade --out` leaves it",
                        "NO_COLOR  set: no colours\n"
                        "COLUMNS   width of terminal reports, instead of the terminal's own",
                        "lockstep report reports/record.json\n"
                        "lockstep report reports/record.json --format markdown >> \"$GITHUB_STEP_SUMMARY\"\n"
                        "lockstep report reports/record.json --audience instructor --format html --out for_me"});
  auto file = std::make_shared<std::string>();
  auto options = std::make_shared<RenderOptions>();
  command->add_option("record", *file, "A record.json")->required()->type_name("FILE");
  add_render_options(*command, *options);
  return [file, options] {
    check_render_options(*options, 1);
    const model::Record record = report::parse_record(read_whole(*file), *file);
    deliver(record, *options, "", false);
    return exit_code_of(record);
  };
}

std::function<int()> add_regrade(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("regrade", "Scores an old record under today's points; nothing is run");
  set_manual(*command, {"Takes the verdicts of a record and the points of today's exercise.json. A check that is new since then has no verdict\n"
                        "yet, which makes the grade provisional; one that is gone no longer counts.",
                        "0    full marks under today's points\n"
                        "1    not full marks",
                        "record.json, as `lockstep grade --out` leaves it; with --out DIR the new one is written to DIR/record.json",
                        "NO_COLOR  set: no colours\n"
                        "COLUMNS   width of terminal reports, instead of the terminal's own",
                        "lockstep regrade reports/record.json\n"
                        "lockstep regrade reports/record.json --format html --out reports_of_today"});
  auto file = std::make_shared<std::string>();
  auto options = std::make_shared<RenderOptions>();
  command->add_option("record", *file, "A record.json")->required()->type_name("FILE");
  add_render_options(*command, *options);
  return [&global, file, options] {
    check_render_options(*options, 1);
    const model::Record record = report::parse_record(read_whole(*file), *file);
    const catalog::Course course = open_course(global);
    const model::Record today = scoring::rescore(record, catalog::find_exercise(course, record.exercise));
    deliver(today, *options, "", true);
    return exit_code_of(today);
  };
}

}  // namespace lockstep::cli
