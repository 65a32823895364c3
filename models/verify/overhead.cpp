// Stored bytes and what they cost.
#include <array>

#include "models/codes/code.h"
#include "models/units.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view f4 = "Muralidhar et al.: f4, OSDI 2014";
constexpr std::string_view archive =
    "An RS-coded disaster-recovery store on Hadoop for medical data: cost arithmetic";
constexpr double archive_gigabytes = 100 * 0x1p20;  // 100 PB as the source counts them

double reed_solomon(int data, int parity) {
  return codes::make_code({"reed-solomon", {{"data", data}, {"parity", parity}}})->overhead();
}
double copies(int count) {
  return codes::make_code({"replication", {{"copies", count}}})->overhead();
}

/// 505 GB kept, 1000 GETs an hour for 30 days, 5 GB a day sent out; CNY of 2024-11-20.
double bill() {
  const Money storage = 505 * Money{0.15};
  const Money requests = 1000 * 24 * 30 / 10000.0 * Money{0.01};
  const Money traffic = 5 * 30 * Money{0.50};
  return (storage + requests + traffic).value;
}

constexpr std::array cases{
    Case{.id = "overhead/archive-gigabytes",
         .title = "gigabytes of 100 PB",
         .source = archive,
         .unit = "GB",
         .published = "104857600",
         .reading = "GB = 2^-20 PB; with decimal units it would be 100,000,000",
         .analytic = [] { return archive_gigabytes; }},
    Case{.id = "overhead/archive-saving",
         .title = "what 2+1 saves over two copies, at 1 $ per GB and year",
         .source = archive,
         .unit = "$/year",
         .published = "52428800",
         .reading = "100 PB x (2.0 - 1.5), GB = 2^-20 PB",
         .analytic = [] { return archive_gigabytes * (copies(2) - reed_solomon(2, 1)); }},
    Case{.id = "overhead/oss-bill",
         .title = "monthly bill of 505 GB",
         .source = "Alibaba Cloud: OSS billing examples, prices of 2024-11-20",
         .unit = "CNY",
         .published = "151.47",
         .reading = "storage 0.15 a GB, GETs 0.01 per 10,000, 0.50 a GB sent out",
         .analytic = bill,
         .remark = "the prose has GETs from 8:00 to 24:00, the bill counts 24 hours a day"},
    Case{.id = "overhead/haystack",
         .title = "effective replication of Haystack",
         .source = f4,
         .unit = "times",
         .published = "3.6",
         .reading = "three copies on RAID-6 of 10+2",
         .analytic = [] { return copies(3) * reed_solomon(10, 2); }},
    Case{.id = "overhead/f4-two-sites",
         .title = "effective replication of f4, two copies of RS 10+4",
         .source = f4,
         .unit = "times",
         .published = "2.8",
         .reading = "1.4 x 2",
         .analytic = [] { return copies(2) * reed_solomon(10, 4); }},
    Case{.id = "overhead/f4-xor",
         .title = "effective replication of f4, XOR of two volumes in three sites",
         .source = f4,
         .unit = "times",
         .published = "2.1",
         .reading = "1.4 x 1.5",
         .analytic = [] { return reed_solomon(2, 1) * reed_solomon(10, 4); }},
};

}  // namespace

std::span<const Case> overhead_cases() { return cases; }

}  // namespace models::verify
