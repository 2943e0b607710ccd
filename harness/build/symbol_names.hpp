// Mangled names (Itanium C++ ABI) and what they say to a student.
#pragma once

#include <string>
#include <string_view>

namespace lockstep::build {

// As a student writes it: libstdc++'s inline namespaces are left out and std::string is called so. C symbols come back unchanged.
std::string demangle(const std::string& symbol);

// Belongs to namespace pdc, in which every interface of the course stands: the only names that a submission may give to the tests.
bool is_course_symbol(std::string_view mangled);

// Whether `pattern` names something in `demangled`. A pattern is a qualified name; "std::atomic::wait" also names
// std::atomic<int>::wait, and a component that ends in '*' matches every longer one. Only whole components match: std::mutex is not in
// std::mutexes, nor in other::std::mutex.
bool names(std::string_view demangled, std::string_view pattern);

}  // namespace lockstep::build
