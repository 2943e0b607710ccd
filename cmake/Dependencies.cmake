# Every external library, named once. ci/packages lists the Debian and Ubuntu packages that hold them.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json filesystem)  # Process v2, Asio, JSON
find_package(fmt REQUIRED)                                    # formatting; gcc 12 has no std::format
find_package(CLI11 REQUIRED)                                  # command line
find_package(pugixml REQUIRED)                                # JUnit XML
find_package(OpenSSL REQUIRED COMPONENTS Crypto)              # SHA-256
find_package(GTest REQUIRED)                                  # the project's own tests
find_path(MUSTACHE_INCLUDE_DIR kainjow/mustache.hpp PATH_SUFFIXES include REQUIRED)  # HTML and Markdown templates
find_library(SECCOMP_LIBRARY seccomp REQUIRED)                # system call filter of the sandbox
find_path(SECCOMP_INCLUDE_DIR seccomp.h REQUIRED)
