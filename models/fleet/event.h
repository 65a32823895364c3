#pragma once

#include <cstdint>

namespace models::fleet {

/// What happens next in a mission, as the queue holds it.
struct Event {
  enum class Kind : std::uint8_t {
    candidate,      ///< next failure of class `index`, if its unit is still as it was
    renewed_fails,  ///< unit `unit` of class `index`, renewed, at the end of its own life
    reported,       ///< loss event `index`: all its incidents
    rebuilt_for,    ///< loss event `index`, reported a while ago: its rebuild begins
    absent,         ///< unit `unit` of kind `index` is reported to be away
    accessed,       ///< a rebuild has met as many dead shards of a disk as make a report
    replaced,       ///< disk or machine `unit` of kind `index`; dropped if `generation` is stale
    fitted,         ///< `replaced` by a part from the store room, if one is there
    returns,        ///< unit `unit` of kind `index`, from an outage
    rebuilt,        ///< job `index`
    maintained,     ///< the next unit of rota `index`: `unit`, at turn `generation` of the rota
    given_up,       ///< absent machine `unit`, if it is still away since its outage `generation`
    cleared,        ///< machine `unit` never was away since its absence `generation`
    called,         ///< a part has waited long enough for the technician to be called
    visit,          ///< he comes
    delivered,      ///< a part comes to the store room
    hour,           ///< clients leave rebuilding more of its bandwidth from now on, or less
  } kind{};
  std::uint32_t index{};
  std::uint32_t unit{};
  std::uint32_t generation{};
};

}  // namespace models::fleet
