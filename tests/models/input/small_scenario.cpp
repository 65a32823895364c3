#include "tests/models/input/small_scenario.h"

#include <gtest/gtest.h>

namespace models::scenario {

std::string small_scenario() {
  return R"({
  "version": 1,
  "name": "small",
  "description": "twelve racks",
  "mission": "2 years",
  "data": {"logical": "100 TB", "objects": 1e6, "stripe": "4 MB"},
  "hardware": {
    "racks_per_site": 12, "machines_per_rack": 2, "disks_per_machine": 4,
    "disk": {"model": "X", "capacity": "16 TB", "read": "200 MB/s", "write": "180 MB/s"},
    "network": {"machine": "10 Gbit/s", "rack_uplink": "40 Gbit/s", "core": "400 Gbit/s"}
  },
  "failures": {
    "disk": {"lifetime": "1.5 %/year",
             "age": {"youngest": "0 s", "oldest": "4 years", "cohorts": 4}},
    "machine": {"lifetime": {"kind": "exponential", "annual_failure_probability": 0.05},
                "outage": {"between": "3 /year", "duration": "20 min"}},
    "rack": {"outage": {"between": "0.1 /year", "duration": "2 h"}}
  },
  "repair": {"detection": "10 min", "replacement": "3 days",
             "throttles": [{"at": "machine", "rate": "30 MB/s", "counts": "reads"}]},
  "strategies": [
    {"name": "three replicas",
     "code": {"kind": "replication", "copies": 3},
     "placement": {"kind": "declustered", "groups": 1000}},
    {"name": "RS 6+3",
     "code": {"kind": "reed-solomon", "data": 6, "parity": 3},
     "placement": {"kind": "declustered", "groups": 500, "max_per_domain": {"rack": 2}},
     "repair": {"detection": "1 h"}}
  ],
  "prices": {"currency": "USD", "items": {
    "disk": {"price": 20, "unit": "per TB of disk", "source": "price list 2026"}}},
  "claims": [
    {"id": "nines", "source": "brochure", "text": {"en": "ten nines", "zh": "十个九"},
     "metric": "durability_nines", "op": ">=", "value": 10},
    {"id": "rack", "source": "brochure", "text": {"en": "survives a rack"},
     "kind": "survives", "unit": "rack"}
  ],
  "tiers": {"about": "every two weeks"}
}
)";
}

std::string small_scenario_with(std::string_view from, std::string_view to) {
  std::string text = small_scenario();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

std::string faults_of(const Checked<Scenario>& read) {
  std::string text;
  if (read) return text;
  for (const Diagnostic& fault : read.diagnostics()) text += to_string(fault) + "\n";
  return text;
}

}  // namespace models::scenario
