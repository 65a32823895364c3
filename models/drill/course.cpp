#include "models/drill/course.h"

#include "models/drill/mission.h"
#include "sim/contract.h"

namespace models::drill {

StrategyDrill play(const Subject& subject, const Setting& setting, std::uint64_t mission,
                   const Schedule& schedule, const MakeMedium& make_medium) {
  EXPECTS(setting.objects >= 1 && setting.object_bytes >= 1);
  return Mission(subject, setting, mission, make_medium).run(schedule);
}

void StrategyDrill::add(const StrategyDrill& other) {
  missions += other.missions;
  steps += other.steps;
  for (std::size_t i = 0; i < happened.size(); ++i) happened[i] += other.happened[i];
  disks_lost += other.disks_lost;
  work.add(other.work);
  bytes_verified += other.bytes_verified;
  bytes_scrubbed += other.bytes_scrubbed;
  writes += other.writes;
  writes_degraded += other.writes_degraded;
  writes_refused += other.writes_refused;
  damage_found += other.damage_found;
  shards_rebuilt += other.shards_rebuilt;
  rebuilds_put_off += other.rebuilds_put_off;
  shards_waited += other.shards_waited;
  out_of_reach += other.out_of_reach;
  objects_lost_predicted += other.objects_lost_predicted;
  objects_lost_seen += other.objects_lost_seen;
  violation_count += other.violation_count;
  wall_s += other.wall_s;
  for (const std::string& violation : other.violations) {
    if (violations.size() < violations_told) violations.push_back(violation);
  }
}

}  // namespace models::drill
