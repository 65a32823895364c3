#include "models/economics/price_table.h"

namespace models::economics {
namespace {

constexpr std::array kinds{
    // Bought once.
    PriceKind{"disk", "per TB of disk", "purchase of disks", per_disk},
    PriceKind{"machine", "per machine", "purchase of a storage machine without its disks"},
    PriceKind{"rack", "per rack", "purchase of a cabinet with power strips, without switches"},
    PriceKind{"rack_switch", "per switch", "purchase of the switch of a rack"},
    PriceKind{"core_switch", "per switch", "purchase of a core switch"},
    PriceKind{"controller", "per controller", "purchase of a controller of machines"},
    PriceKind{"gateway", "per gateway", "purchase of a gateway"},
    PriceKind{"front_end", "per front end", "purchase of a front end or name node"},
    // Paid every year.
    PriceKind{"rack_space", "per rack and year", "room, cooling plant and guard of one rack"},
    PriceKind{"electricity", "per kWh", "energy at the meter"},
    PriceKind{"rack_care", "per rack and year", "staff who look after one rack"},
    PriceKind{"disk_swap", "per failed disk", "hands that change a failed disk"},
    PriceKind{"technician_call", "per call",
              "a technician who comes for a failed machine, switch, controller or gateway"},
    PriceKind{"network_line", "per site and year", "line between sites or to the clients"},
    PriceKind{"stored", "per TB stored and year",
              "flat price of a service for stored bytes, redundancy included", per_gib_and_year},
    // What the energy is made of.
    PriceKind{"disk_power", "W per disk", "mean power of one disk"},
    PriceKind{"machine_power", "W per machine", "mean power of one machine without its disks"},
    PriceKind{"switch_power", "W per switch", "mean power of one switch"},
    PriceKind{"controller_power", "W per controller",
              "mean power of a controller, gateway or front end"},
    PriceKind{"pue", "ratio",
              "energy at the meter over energy of the machines, >= 1; 1 if not given"},
    // A provider's cloud.
    PriceKind{"cloud_standard", "per TB and month", "standard storage"},
    PriceKind{"cloud_standard_retrieval", "per TB read", "reading from standard storage"},
    PriceKind{"cloud_standard_requests", "per million requests", "requests to standard storage"},
    PriceKind{"cloud_standard_minimum", "days", "an object pays for at least so long"},
    PriceKind{"cloud_infrequent", "per TB and month", "infrequent-access storage"},
    PriceKind{"cloud_infrequent_retrieval", "per TB read",
              "reading from infrequent-access storage"},
    PriceKind{"cloud_infrequent_requests", "per million requests",
              "requests to infrequent-access storage"},
    PriceKind{"cloud_infrequent_minimum", "days", "an object pays for at least so long"},
    PriceKind{"cloud_archive", "per TB and month", "archive storage"},
    PriceKind{"cloud_archive_retrieval", "per TB read", "reading from archive storage"},
    PriceKind{"cloud_archive_requests", "per million requests", "requests to archive storage"},
    PriceKind{"cloud_archive_minimum", "days", "an object pays for at least so long"},
    PriceKind{"cloud_egress", "per TB read", "traffic out of the provider's network"},
};

constexpr std::array classes{
    CloudClass{"standard", "cloud_standard", "cloud_standard_retrieval", "cloud_standard_requests",
               "cloud_standard_minimum"},
    CloudClass{"infrequent", "cloud_infrequent", "cloud_infrequent_retrieval",
               "cloud_infrequent_requests", "cloud_infrequent_minimum"},
    CloudClass{"archive", "cloud_archive", "cloud_archive_retrieval", "cloud_archive_requests",
               "cloud_archive_minimum"},
};

}  // namespace

std::span<const PriceKind> all_prices() { return kinds; }

std::span<const CloudClass> cloud_classes() { return classes; }

}  // namespace models::economics
