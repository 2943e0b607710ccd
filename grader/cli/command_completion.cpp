#include <fmt/format.h>

#include <memory>

#include "grader/cli/command.hpp"

namespace lockstep::cli {
namespace {

// Both shells ask the program itself for the names, so that a new exercise needs no new completion.
constexpr const char* bash_script = R"sh(# lockstep completion for bash: eval "$(lockstep completion bash)"
_lockstep() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="" word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do case "$word" in -*) ;; *) command="$word"; break ;; esac; done
  case "$previous" in
    --format) COMPREPLY=($(compgen -W "terminal json junit markdown html github" -- "$current")); return ;;
    --require) COMPREPLY=($(compgen -W "none limits processes namespaces full" -- "$current")); return ;;
    --audience) COMPREPLY=($(compgen -W "student instructor" -- "$current")); return ;;
    --compiler) COMPREPLY=($(compgen -W "auto gcc clang" -- "$current")); return ;;
    --submission|--out|--course) COMPREPLY=($(compgen -d -- "$current")); return ;;
  esac
  case "$command" in
    "") COMPREPLY=($(compgen -W "@commands@ --course --compiler --jobs --help --version" -- "$current")) ;;
    report|regrade) COMPREPLY=($(compgen -f -W "--format --out --audience" -- "$current")) ;;
    completion) COMPREPLY=($(compgen -W "bash zsh" -- "$current")) ;;
    *) COMPREPLY=($(compgen -W "$(lockstep list --names 2>/dev/null) $(lockstep "$command" --help 2>/dev/null | grep -o -- '--[a-z-]*')" -- "$current")) ;;
  esac
}
complete -F _lockstep lockstep
)sh";

constexpr const char* zsh_script = R"sh(# lockstep completion for zsh: eval "$(lockstep completion zsh)"
autoload -U +X bashcompinit && bashcompinit
)sh";

}  // namespace

std::function<int()> add_completion(CLI::App& app, const GlobalOptions&) {
  CLI::App* command = app.add_subcommand("completion", "Prints a completion script: eval \"$(lockstep completion bash)\"");
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash or zsh")->required()->check(CLI::IsMember({"bash", "zsh"}));
  return [&app, shell] {
    std::string names;
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) names += (names.empty() ? "" : " ") + sub->get_name();
    std::string script = bash_script;
    const std::string mark = "@commands@";
    script.replace(script.find(mark), mark.size(), names);
    fmt::print("{}{}", *shell == "zsh" ? zsh_script : "", script);
    return all_passed;
  };
}

}  // namespace lockstep::cli
