// SHA-256 over a sequence of strings, each preceded by its length, so that no two sequences have the same bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace lockstep::catalog {

class Digest {
 public:
  Digest();  // throws model::Fault if the library has no SHA-256
  Digest& add(std::string_view part);
  std::string hex();  // once, at the end

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// Of the bytes of `text` alone: what sha256sum prints.
std::string sha256_of(std::string_view text);

}  // namespace lockstep::catalog
