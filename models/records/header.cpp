#include "models/records/header.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace models::records {
namespace {

using Synonyms = std::span<const std::string_view>;

// A name of an earlier tier is meant where names of several are there; two of one tier are a doubt.
constexpr std::array<std::string_view, 4> time_1{"timestamp", "datetime", "date_time",
                                                 "time_stamp"};
constexpr std::array<std::string_view, 16> time_2{
    "date",           "time",        "failed_at",  "failure_time",
    "failure_date",   "fail_time",   "fail_date",  "time_of_failure",
    "detected",       "detected_at", "event_time", "event_date",
    "detection_time", "occurred_at", "epoch",      "unix_time"};
constexpr std::array<std::string_view, 2> time_3{"when", "day"};
constexpr std::array<std::string_view, 2> unit_1{"unit", "unit_id"};
constexpr std::array<std::string_view, 10> unit_2{
    "serial",      "serial_number", "serial_no",     "serialnumber", "sn",
    "disk_serial", "drive_serial",  "device_serial", "disk_sn",      "drive_sn"};
constexpr std::array<std::string_view, 10> unit_3{
    "disk_id", "drive_id", "device_id", "diskid", "driveid",
    "hdd_id",  "ssd_id",   "asset_tag", "wwn",    "component_id"};
constexpr std::array<std::string_view, 7> unit_4{"disk", "drive", "device",   "hdd",
                                                 "ssd",  "asset", "component"};
constexpr std::array<std::string_view, 4> rack_1{"rack", "rack_id", "rack_name", "rack_number"};
constexpr std::array<std::string_view, 2> rack_2{"cabinet", "cabinet_id"};
constexpr std::array<std::string_view, 2> machine_1{"machine", "machine_id"};
constexpr std::array<std::string_view, 9> machine_2{"server", "server_id", "server_name",
                                                    "host",   "hostname",  "host_name",
                                                    "node",   "node_id",   "node_name"};
constexpr std::array<std::string_view, 6> machine_3{"enclosure", "enclosure_id", "jbod",
                                                    "jbod_id",   "chassis",      "shelf"};
constexpr std::array<std::string_view, 9> slot_1{"slot",     "slot_id",   "slot_number",
                                                 "bay",      "disk_slot", "drive_slot",
                                                 "disk_bay", "drive_bay", "pod_slot_num"};
constexpr std::array<std::string_view, 2> model_1{"model", "model_name"};
constexpr std::array<std::string_view, 7> model_2{"disk_model",   "drive_model", "device_model",
                                                  "model_number", "product",     "part_number",
                                                  "product_name"};
constexpr std::array<std::string_view, 1> failure_1{"failure"};
constexpr std::array<std::string_view, 5> failure_2{"failed", "is_failed", "fail", "failure_flag",
                                                    "has_failed"};
constexpr std::array<std::string_view, 4> hours_1{"smart_9_raw", "power_on_hours", "poh",
                                                  "smart_9"};
constexpr std::array<std::string_view, 3> center_1{"datacenter", "data_center", "site"};
constexpr std::array<std::string_view, 2> vault_1{"vault_id", "vault"};
constexpr std::array<std::string_view, 2> pod_1{"pod_id", "pod"};
constexpr std::array<std::string_view, 6> days_1{"drive_days", "device_days", "disk_days",
                                                 "unit_days",  "drivedays",   "days"};
constexpr std::array<std::string_view, 1> failures_1{"failures"};
constexpr std::array<std::string_view, 5> failures_2{"failed", "failure_count", "drive_failures",
                                                     "num_failures", "n_failures"};

constexpr std::array<std::string_view, 2> installed_1{"installed", "installed_at"};
constexpr std::array<std::string_view, 12> installed_2{
    "install_date",    "installation_date", "date_installed",   "in_service",
    "in_service_date", "deployed",          "deployed_at",      "deploy_date",
    "commissioned",    "start_date",        "in_service_since", "added"};
constexpr std::array<std::string_view, 2> removed_1{"removed", "removed_at"};
constexpr std::array<std::string_view, 11> removed_2{
    "removal_date",    "remove_date",       "date_removed", "out_of_service",
    "decommissioned",  "decommissioned_at", "retired",      "retired_at",
    "retirement_date", "end_date",          "withdrawn"};

struct RoleNames {
  Role role;
  std::array<Synonyms, 4> tiers;
};
constexpr std::array<RoleNames, roles> role_names{{
    {Role::time, {time_1, time_2, time_3}},
    {Role::unit, {unit_1, unit_2, unit_3, unit_4}},
    {Role::rack, {rack_1, rack_2}},
    {Role::machine, {machine_1, machine_2, machine_3}},
    {Role::slot, {slot_1}},
    {Role::model, {model_1, model_2}},
    {Role::failure, {failure_1, failure_2}},
    {Role::hours, {hours_1}},
    {Role::datacenter, {center_1}},
    {Role::vault, {vault_1}},
    {Role::pod, {pod_1}},
    {Role::drive_days, {days_1}},
    {Role::failures, {failures_1, failures_2}},
    {Role::installed, {installed_1, installed_2}},
    {Role::removed, {removed_1, removed_2}},
}};

Columns columns_of(const Header& header, Synonyms names) {
  Columns found;
  for (const std::string_view name : names) {
    if (const auto column = header.find(name)) found.push_back(*column);
  }
  return found;
}

std::string doubt(const Header& header, Role role, const Columns& columns) {
  std::string names;
  for (const std::size_t column : columns) {
    names += (names.empty() ? "" : " and ") + header.written(column);
  }
  return fmt::format("columns {} could all say the {}; --columns {}={} chooses one", names,
                     to_string(role), to_string(role), header.written(columns.front()));
}

/// A date and a time of day in two columns are one time.
bool is_date_and_time(const Header& header, const Columns& columns) {
  return columns.size() == 2 && header.names()[columns[0]] == "date" &&
         header.names()[columns[1]] == "time";
}

Header::Found stated(const Header& header, Role role, const std::string& text) {
  Header::Found found;
  if (text.empty()) return found;
  if (const auto whole = header.find(text)) return {{*whole}, {}};
  std::string_view rest = text;
  for (;;) {
    const std::size_t slash = rest.find('/');
    const auto column = header.find(rest.substr(0, slash));
    if (!column) {
      return {{},
              fmt::format("--columns {}: there is no column '{}'; the first line names {}",
                          to_string(role), rest.substr(0, slash), header.list())};
    }
    found.columns.push_back(*column);
    if (slash == std::string_view::npos) return found;
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace

std::string comparable(std::string_view name) {
  constexpr std::string_view between = " \t-./_";
  std::string result;
  for (const char c : name) {
    if (between.find(c) != std::string_view::npos) {
      if (!result.empty() && result.back() != '_') result += '_';
    } else {
      result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  while (result.ends_with('_')) result.pop_back();
  return result;
}

void Header::add(std::string_view name) {
  names_.push_back(comparable(name));
  written_.emplace_back(name);
}

std::string Header::list() const {
  constexpr std::size_t most = 30;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, written_.size()); ++i) {
    text += (i == 0 ? "" : ", ") + written_[i].substr(0, 40);
  }
  return text + (written_.size() > most ? ", ..." : "");
}

std::optional<std::size_t> Header::find(std::string_view name) const {
  const auto found = std::ranges::find(names_, comparable(name));
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

Header::Found Header::find(Role role, const Reading& reading) const {
  const auto& wanted = reading.columns[static_cast<std::size_t>(role)];
  if (wanted) return stated(*this, role, *wanted);
  Columns all;
  for (const Synonyms tier : role_names[static_cast<std::size_t>(role)].tiers) {
    const Columns found = columns_of(*this, tier);
    if (found.empty()) continue;
    if (role == Role::time && is_date_and_time(*this, found)) return {found, {}};
    if (found.size() > 1) return {{}, doubt(*this, role, found)};
    all.push_back(found.front());
    // A server holds enclosures, which number their slots each for itself: both name the machine.
    if (role != Role::machine) break;
  }
  return {all, {}};
}

}  // namespace models::records
