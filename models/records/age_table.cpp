#include "models/records/age_table.h"

#include <algorithm>

#include "sim/contract.h"

namespace models::records {

AgeTable::AgeTable(std::span<const Life> lives) {
  std::vector<Row> all;
  all.reserve(2 * lives.size());
  for (const Life& life : lives) {
    EXPECTS(life.entry.value >= 0 && life.exit > life.entry && life.units > 0);
    const double entry = sim::in_years(life.entry);
    const double exit = sim::in_years(life.exit);
    if (entry > 0) all.push_back({entry, 0, -life.units, 0});
    all.push_back({exit, life.failed ? life.units : 0, life.units, 0});
    if (life.failed) failures_ += life.units;
    exposure_ += life.units * (exit - entry);
  }
  std::ranges::sort(all, {}, &Row::age);
  for (const Row& row : all) {
    if (rows_.empty() || rows_.back().age < row.age) rows_.push_back({row.age, 0, 0, 0});
    rows_.back().failed += row.failed;
    rows_.back().ended += row.ended;
  }
  double at_risk = 0;
  for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
    at_risk += row->ended;
    row->at_risk = at_risk;
  }
}

double AgeTable::last_failure() const {
  const auto last =
      std::find_if(rows_.rbegin(), rows_.rend(), [](const Row& row) { return row.failed > 0; });
  return last == rows_.rend() ? 0 : last->age;
}

}  // namespace models::records
