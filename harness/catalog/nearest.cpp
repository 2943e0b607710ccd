#include "harness/catalog/nearest.hpp"

#include <algorithm>

namespace lockstep::catalog {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::vector<std::string> nearest_words(std::string_view word, const std::vector<std::string>& known, std::size_t count) {
  word = word.substr(0, 200);  // the distance costs the product of both lengths
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    const bool holds = word.size() >= 3 && candidate.find(word) != std::string::npos;
    if (distance * 3 <= std::max(word.size(), candidate.size()) + 1 || holds) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> words;
  for (const auto& [distance, candidate] : near)
    if (words.size() < count && std::find(words.begin(), words.end(), candidate) == words.end()) words.push_back(candidate);
  return words;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::vector<std::string> near = nearest_words(word, known, 1);
  return near.empty() ? "" : ", did you mean `" + near.front() + "`?";
}

}  // namespace lockstep::catalog
