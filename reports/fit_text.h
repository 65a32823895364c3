#pragma once

#include <string>

#include "models/records/analysis.h"
#include "reports/provenance.h"
#include "reports/result_text.h"

namespace reports {

/// What a record says, for people: rates, laws of life, survival, clustering, what was taken for
/// granted, and the lines for a scenario.
std::string fit_text(const models::records::Analysis& analysis, const TextOptions& options = {});

/// {"schema": "holdfast/fit/1", ..., "rate": {...}, "by_year": [...], "by_model": [...], "laws":
/// [...], "curve": [...], "clustering": [...], "fragment": {...}}.
std::string fit_json(const models::records::Analysis& analysis);

/// A row per figure: part, name, parameter, value, low95, high95, unit, p, note. Parts are rate,
/// year, model, law, survival, hazard, clustering, hazard_model, bursts, posterior_check.
std::string fit_csv(const models::records::Analysis& analysis);

/// One self-contained page, English and Chinese: rates, the parts of the hazard, the posterior
/// check as a table and a chart.
std::string fit_html(const models::records::Analysis& analysis, const Provenance& provenance,
                     Language opens_in);

}  // namespace reports
