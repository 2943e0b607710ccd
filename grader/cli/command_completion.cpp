#include <fmt/format.h>

#include <memory>

#include "grader/cli/command.hpp"
#include "grader/cli/manual.hpp"
#include "grader/report/formats.hpp"

namespace lockstep::cli {
namespace {

// Both shells ask the program itself for the names, so that a new exercise or check needs no new completion. The word under the cursor may be
// one of several that bash splits at a colon or an equals sign; names of ours hold neither.
constexpr const char* bash_script = R"sh(# lockstep completion for bash: eval "$(lockstep completion bash)"
_lockstep() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="" exercise="" i word
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word="${COMP_WORDS[i]}"
    case "$word" in
      --course|--compiler|--jobs|--submission|--out|--format|--seed|--only|--require|--audience|--repeat|--load|--story|--matrix) i=$((i + 1)) ;;
      -*) ;;
      *) if [ -z "$command" ]; then command="$word"; elif [ -z "$exercise" ]; then exercise="$word"; fi ;;
    esac
  done
  COMPREPLY=()
  case "$previous" in
    --format) COMPREPLY=($(compgen -W "@formats@" -- "$current")); return ;;
    --require) COMPREPLY=($(compgen -W "none limits processes namespaces full" -- "$current")); return ;;
    --audience) COMPREPLY=($(compgen -W "student instructor" -- "$current")); return ;;
    --engine) COMPREPLY=($(compgen -W "lockstep tsan" -- "$current")); return ;;
    --compiler) COMPREPLY=($(compgen -W "auto gcc clang" -- "$current")); return ;;
    --only) [ -z "$exercise" ] || COMPREPLY=($(compgen -W "$(lockstep list --checks "$exercise" 2>/dev/null)" -- "$current")); return ;;
    --submission|--out|--course) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$current")); return ;;
    --matrix) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")); return ;;
    --seed|--jobs|--repeat|--load|--story) return ;;
  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "--course --compiler --jobs $(lockstep $command --help 2>/dev/null | grep -oE '^  (-h,)?--[a-z-]+' | sed 's/.*--/--/')" -- "$current"))
    return
  fi
  case "$command" in
    "") COMPREPLY=($(compgen -W "@commands@" -- "$current")) ;;
    report|regrade) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")) ;;
    completion) COMPREPLY=($(compgen -W "bash zsh" -- "$current")) ;;
    check|hint|grade|check-course) COMPREPLY=($(compgen -W "$(lockstep list --names 2>/dev/null)" -- "$current")) ;;
  esac
}
complete -F _lockstep lockstep
)sh";

constexpr const char* zsh_script = R"sh(# lockstep completion for zsh: eval "$(lockstep completion zsh)"
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
autoload -Uz +X bashcompinit && bashcompinit
)sh";

std::string with(std::string text, const std::string& mark, const std::string& words) {
  return text.replace(text.find(mark), mark.size(), words);
}

}  // namespace

std::function<int()> add_completion(CLI::App& app, const GlobalOptions&) {
  CLI::App* command = app.add_subcommand("completion", "Completion of names and options for bash and zsh");
  set_manual(*command,
             {"Prints a script that the shell evaluates. It completes commands, options, exercises and checks by asking lockstep itself.",
              "0    the script was printed", "", "",
              "eval \"$(lockstep completion bash)\"              # in ~/.bashrc\n"
              "eval \"$(lockstep completion zsh)\"               # in ~/.zshrc"});
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash or zsh")->required()->check(CLI::IsMember({"bash", "zsh"}).description(""))->type_name("SHELL");
  return [&app, shell] {
    std::string names;
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) names += (names.empty() ? "" : " ") + sub->get_name();
    std::string formats;
    for (const report::Format& format : report::formats()) formats += std::string(formats.empty() ? "" : " ") + std::string(format.name);
    fmt::print("{}{}", *shell == "zsh" ? zsh_script : "", with(with(bash_script, "@commands@", names), "@formats@", formats));
    return all_passed;
  };
}

}  // namespace lockstep::cli
