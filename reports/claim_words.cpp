#include "reports/claim_words.h"

#include <algorithm>

namespace reports {

Words claim_words(const std::vector<models::scenario::Claim>& claims, const std::string& id,
                  const std::string& told) {
  const auto claim = std::ranges::find(claims, id, &models::scenario::Claim::id);
  Words words{told, {}};
  if (claim == claims.end()) return words;
  if (const auto en = claim->text.find("en"); en != claim->text.end()) words.en = en->second;
  if (const auto zh = claim->text.find("zh"); zh != claim->text.end()) words.zh = zh->second;
  return words;
}

}  // namespace reports
