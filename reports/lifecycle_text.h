#pragma once

#include <string>

#include "models/lifecycle/report.h"
#include "reports/number_text.h"
#include "reports/provenance.h"
#include "reports/result_text.h"

namespace reports {

/// The tables of a report for people, each figure with its interval below it where it has one, how
/// they were made, and what the drills found.
std::string lifecycle_text(const models::lifecycle::Report& report,
                           const TextOptions& options = {});

/// A row per figure: table, row, column, value, low95, high95, unit, method, model, replicates.
std::string lifecycle_csv(const models::lifecycle::Report& report);

/// {"schema": "holdfast/lifecycle/1", ..., "tables": [{"id", "title", "columns", "rows": [{"name",
/// "cells": {column: {value, ci95, unit, method, model}}}], "notes"}], "drills": [...]}.
std::string lifecycle_json(const models::lifecycle::Report& report);

/// One self-contained page, English and Chinese, that prints on A4.
std::string lifecycle_html(const models::lifecycle::Report& report, const Provenance& provenance,
                           Language opens_in);

/// A figure of a table as people read it. @param unit of its column
EstimateText lifecycle_figure(const sim::Estimate& estimate, std::string_view unit);

}  // namespace reports
