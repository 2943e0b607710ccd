// What GoogleTest prints under --gtest_list_tests. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

// "Suite.Name" of every test that is not disabled. Other lines are skipped: a program may print more.
std::vector<std::string> parse_test_list(std::string_view text);

}  // namespace lockstep::build
