#pragma once

#include <string>

#include "models/study/lifecycle_report.h"
#include "reports/provenance.h"
#include "reports/result_text.h"
#include "reports/words/number_text.h"

namespace reports {

/// The tables of a report for people, each figure with its interval below it where it has one, how
/// they were made, and what the drills found.
std::string lifecycle_text(const models::study::LifecycleReport& report,
                           const TextOptions& options = {});

/// A row per figure: table, row, column, value, low95, high95, unit, method, model, replicates.
std::string lifecycle_csv(const models::study::LifecycleReport& report);

/// {"schema": "holdfast/lifecycle/1", ..., "tables": [{"id", "title", "columns", "rows": [{"name",
/// "cells": {column: {value, ci95, unit, method, model}}}], "notes"}], "drills": [...]}.
std::string lifecycle_json(const models::study::LifecycleReport& report);

/// One self-contained page, English and Chinese, that prints on A4.
std::string lifecycle_html(const models::study::LifecycleReport& report,
                           const Provenance& provenance, Language opens_in);

/// A figure of a table as people read it. @param unit of its column
EstimateText lifecycle_figure(const sim::Estimate& estimate, std::string_view unit);

}  // namespace reports
