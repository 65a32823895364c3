#pragma once

#include <string>

#include "models/replay/replay.h"
#include "reports/provenance.h"
#include "reports/result_text.h"

namespace reports {

/// A replay for people: what each strategy went through, by year, and how it was played.
std::string replay_text(const models::replay::Replay& replay, const TextOptions& options = {});

/// {"schema": "holdfast/replay/1", ..., "strategies": [{"name", "figures": {id: {...}},
/// "redundancy": {...}, "years": [...]}]}.
std::string replay_json(const models::replay::Replay& replay);

/// A row per strategy and figure, and per strategy, year and measure: strategy, code, year, metric,
/// value, low95, high95, unit, placements, note.
std::string replay_csv(const models::replay::Replay& replay);

/// One self-contained page, English and Chinese, that prints on A4.
std::string replay_html(const models::replay::Replay& replay, const Provenance& provenance,
                        Language opens_in);

}  // namespace reports
