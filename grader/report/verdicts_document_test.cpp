// docs/verdicts.md is what reports send students to: it must say what they say.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "harness/model/verdict.hpp"

namespace lockstep::model {
namespace {

std::string read_document() {
  const std::filesystem::path root = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
  std::ostringstream text;
  text << std::ifstream(root / "docs" / "verdicts.md").rdbuf();
  return text.str();
}

TEST(VerdictsDocument, HoldsEveryRowOfTheTableAndNoOther) {
  const std::string document = read_document();
  for (const VerdictRow& row : verdict_table) {
    const std::string line = "| `" + std::string(row.word) + "` | " + std::string(row.title) + " | " + std::string(row.meaning) + " |\n";
    EXPECT_NE(document.find(line), std::string::npos) << "missing: " << line;
  }
  std::size_t rows = 0;
  for (std::size_t at = 0; (at = document.find("\n| `", at)) != std::string::npos; ++at) ++rows;
  EXPECT_EQ(rows, verdict_table.size());
}

TEST(VerdictsDocument, HasAnExampleOfEveryVerdictThatBlamesTheStudent) {
  const std::string document = read_document();
  for (const VerdictRow& row : verdict_table) {
    if (row.blame != Blame::student) continue;
    EXPECT_NE(document.find("\n### " + std::string(row.word) + "\n\n```cpp\n"), std::string::npos) << row.word;
  }
}

TEST(VerdictsDocument, ListsVerdictsInTheOrderOfTheirSeverity) {
  const std::string document = read_document();
  for (const VerdictRow& a : verdict_table)
    for (const VerdictRow& b : verdict_table) {
      if (a.blame != Blame::student || b.blame != Blame::student || a.severity <= b.severity) continue;
      EXPECT_LT(document.find("| `" + std::string(a.word) + "`"), document.find("| `" + std::string(b.word) + "`")) << a.word << " before " << b.word;
    }
}

}  // namespace
}  // namespace lockstep::model
