#include "models/input/drive_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/scenario/nearest_name.h"
#include "shipped_drives.h"
#include "sim/contract.h"
#include "sim/interval.h"

namespace models::scenario {
namespace {

constexpr double days_per_year = sim::year / sim::day;

// Locale-free: names of drives are ASCII.
std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

// What people may read in the table has to be what the counts say: to the digits given.
void check_rate(ObjectReader& reader, std::string_view key, double per_year, Faults& faults) {
  if (!reader.has(key)) return;
  const double given = reader.number(key) * sim::year.value;
  constexpr double four_digits = 1e-3;
  if (std::abs(given - per_year) <= four_digits * per_year) return;
  faults.add(*reader.find(key), fmt::format("is not what the failures and drive days say: {:.4g} "
                                            "%/year",
                                            per_year * 100));
}

DriveModel read_model(const Node& node, const std::string& source, Faults& faults) {
  ObjectReader reader(node, "/drives/models/*", faults);
  DriveModel drive{.model = reader.text("model"),
                   .make = reader.text("make"),
                   .capacity = std::nullopt,
                   .record = {.failures = reader.number("failures"),
                              .drive_days = reader.number("drive_days"),
                              .source = reader.has("source") ? reader.text("source") : source}};
  if (reader.has("capacity")) drive.capacity = Bytes{reader.number("capacity")};
  if (reader.has("drives")) reader.number("drives");
  const sim::Interval interval = interval_of(drive.record);
  check_rate(reader, "afr", rate_of(drive.record).value, faults);
  check_rate(reader, "afr_low", interval.low, faults);
  check_rate(reader, "afr_high", interval.high, faults);
  return drive;
}

}  // namespace

PerYear rate_of(const DriveRecord& record) {
  EXPECTS(record.drive_days > 0);
  return {record.failures / record.drive_days * days_per_year};
}

sim::Interval interval_of(const DriveRecord& record) {
  const sim::Interval count = sim::poisson_interval(record.failures);
  const double years = record.drive_days / days_per_year;
  return {count.low / years, count.high / years};
}

const DriveModel* DriveTable::find(std::string_view model) const {
  const std::string wanted = upper(model);
  const auto found = std::ranges::find_if(
      models_, [&](const DriveModel& drive) { return upper(drive.model) == wanted; });
  return found == models_.end() ? nullptr : &*found;
}

std::string DriveTable::advice(std::string_view model) const {
  std::vector<std::string_view> names;
  for (const DriveModel& drive : models_) names.push_back(drive.model);
  const std::string wanted = upper(model);
  const std::string_view guess = nearest_name(wanted, names);
  if (!guess.empty()) return fmt::format("did you mean '{}'?", guess);
  return "'holdfast info --drives' lists those that are known";
}

void DriveTable::add(DriveModel model) {
  if (const DriveModel* known = find(model.model)) {
    models_[static_cast<std::size_t>(known - models_.data())] = std::move(model);
  } else {
    models_.push_back(std::move(model));
  }
}

void read_drives(const Node& node, DriveTable& table, Faults& faults) {
  ObjectReader reader(node, "/drives", faults);
  const std::string source = reader.text("source");
  for (const Node* model : reader.list("models")) {
    table.add(read_model(*model, source, faults));
  }
}

const DriveTable& DriveTable::shipped() {
  static const DriveTable table = [] {
    DriveTable read;
    const auto document = parse_document(shipped_drives_json, "backblaze_2024.json");
    EXPECTS(document);
    Faults faults;
    read_drives(document.value()->root, read, faults);
    ENSURES(faults.empty());
    return read;
  }();
  return table;
}

}  // namespace models::scenario
