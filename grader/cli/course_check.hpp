// The course's own test: are its tests good? Every variant of a solution tree is graded, and each verdict is held against what its folder promises.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/catalog/expectations.hpp"
#include "harness/model/record.hpp"

namespace lockstep::cli {

enum class VariantKind { stub, reference, accepted, rejected };

struct Variant {
  const model::Exercise* exercise = nullptr;
  VariantKind kind = VariantKind::stub;
  std::string story;  // "accepted/sense_reversing"
  std::filesystem::path folder;
  model::Verdict verdict = model::Verdict::passed;  // rejected: what it must be caught with
  std::vector<std::string> checks;  // rejected: each of which must catch it; empty: every one (it does not build)
  std::string why;
};

struct Tally {
  Variant variant;
  int runs = 0;
  int as_promised = 0;
  std::vector<std::string> surprises;  // what went otherwise, each different one once
};

// Empty if `record` is what the variant promises, else what differs. Pure.
std::string surprise_in(const Variant& variant, const model::Record& record);

std::vector<Variant> plan_variants(const model::Exercise& exercise, const catalog::Expectations& expectations);

// Markdown: one row per variant, one column per engine.
std::string render_matrix(const std::vector<Variant>& variants);

}  // namespace lockstep::cli
