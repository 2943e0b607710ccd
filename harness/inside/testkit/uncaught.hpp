// What an exception says that nobody caught, or that a test framework caught: in words, and whether it is that of a stub's body.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace lockstep::testkit {

inline constexpr std::string_view stub_says = "not implemented yet: ";  // what() of pdc::NotImplemented, before the function's name

// The function whose stub threw, of a message of GoogleTest's about an exception; empty if it is about something else.
inline std::string not_implemented_function(std::string_view message) {
  const std::string quoted = "with description \"" + std::string(stub_says);
  const std::size_t at = message.find(quoted);
  if (at == std::string_view::npos) return {};
  const std::string_view function = message.substr(at + quoted.size());
  return std::string(function.substr(0, function.find('"')));
}

struct Uncaught {
  std::string what;  // in words
  std::string stub;  // the function whose stub threw; empty otherwise
};

// Of the exception for which std::terminate was called, in a terminate handler.
inline Uncaught describe_uncaught() {
  const std::exception_ptr uncaught = std::current_exception();
  if (!uncaught) return {"std::terminate was called: a joinable std::thread was destroyed, or an exception left a noexcept function", {}};
  std::string what = "an exception was not caught and ended the program";
  try {
    std::rethrow_exception(uncaught);
  } catch (const std::exception& error) {
    const std::string_view says = error.what();
    if (says.starts_with(stub_says)) return {what, std::string(says.substr(stub_says.size()))};
    what += ": " + std::string(says);
  } catch (...) {
  }
  return {what, {}};
}

}  // namespace lockstep::testkit
