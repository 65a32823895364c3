#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/verify/assumptions.h"
#include "models/verify/published_case.h"
#include "reports/provenance.h"
#include "reports/result_text.h"

namespace reports {

/// What was computed again, and with which seed.
struct Verification {
  std::vector<models::verify::Outcome> cases;
  std::uint64_t seed{1};
  std::vector<models::verify::ClaimUnder> claims{};  ///< under assumptions, where asked for
};

/// Per source its cases: published, ours with its interval, verdict, and below how ours was made or
/// why it differs; claims by assumptions, as a table. The last lines count the verdicts.
std::string verify_text(const Verification& verification, const TextOptions& options = {});

/// {"schema": "holdfast/verify/1", ..., "cases": [{"id", "title", "source", "unit", "published",
/// "ours", "ci95", "verdict", "why", "method", "model", "replicates"}]}; null for what is not known
/// and for the interval of an exact figure. With assumptions also "assumptions": [{"id", "words",
/// "modelled"}] and "claims_under": [{"claim", "strategy", "as_it_stands", "under": {"alone":
/// {"verdict", "changes", "why"}, ...}}].
std::string verify_json(const Verification& verification);

/// A row per case with the same fields.
std::string verify_csv(const Verification& verification);

/// One self-contained page, English and Chinese, that prints on A4: verdicts counted, every case
/// with its source, claims by assumptions.
std::string verify_html(const Verification& verification, const Provenance& provenance,
                        Language opens_in);

}  // namespace reports
