#include <array>

#include "models/input/field_table.h"
#include "models/scenario/scenario.h"

namespace models::scenario {
namespace {

using enum FieldKind;

using namespace bounds;

constexpr double most_errors = 1.0 / 60;  // one a minute: such a disk has failed
constexpr double most_bits = 1e-6;        // of a byte rate that no disk is sold with
constexpr double most_burst = 1e9;

std::vector<std::string_view> scrub_kinds() { return names_of(all_scrub_kinds()); }
std::vector<std::string_view> scrub_checks() { return names_of(all_scrub_checks()); }

constexpr std::array latent{
    Field{.key = "defects",
          .kind = rate,
          .meaning = "sectors of a disk that become unreadable, unnoticed until they are read",
          .low = 0,
          .high = most_errors,
          .fallback = "0 /year",
          .source = "a decision: what is absent never fails",
          .year = 2026},
    Field{.key = "burst",
          .kind = number,
          .meaning = "stripes that one such defect spoils, on average",
          .low = 1,
          .high = most_burst,
          .fallback = "1",
          .source = "a decision: defects come alone unless the scenario says so",
          .year = 2026},
    Field{.key = "silent",
          .kind = rate,
          .meaning = "corruptions of a disk's data that are read as if they were sound: only the "
                     "CRC tells",
          .low = 0,
          .high = most_errors,
          .fallback = "0 /year",
          .source = "a decision: what is absent never fails",
          .year = 2026},
    Field{.key = "unreadable_bits",
          .kind = number,
          .meaning = "chance of each bit that a rebuild reads to be unreadable, such as 1e-15",
          .low = 0,
          .high = most_bits,
          .fallback = "0",
          .source = "a decision: what is absent never fails",
          .year = 2026},
};

constexpr std::array scrub{
    Field{.key = "kind",
          .kind = choice,
          .meaning = "off; pass: each disk is read from end to end, over and over; delay: an error "
                     "is mended a drawn time after its birth",
          .required = true,
          .choices = scrub_kinds},
    Field{.key = "every",
          .kind = time,
          .meaning = "pass: from one reading of a shard to the next; as fast as the rate allows if "
                     "absent",
          .low = second,
          .high = thousand_years},
    Field{.key = "rate",
          .kind = byte_rate,
          .meaning = "pass: ceiling for each disk; a pass takes longer where it binds",
          .low = one_byte,
          .high = most_rate},
    Field{.key = "delay",
          .kind = duration,
          .meaning = "delay: time from the birth of an error until it is mended"},
    Field{.key = "checks",
          .kind = choice,
          .meaning = "crc: the CRC of every shard; readable: only that it can be read, which "
                     "silent corruption can",
          .choices = scrub_checks,
          .fallback = "crc",
          .source = "Apache Hadoop documentation, the volume scanner of a data node",
          .year = 2024},
};

constexpr std::array sections{
    Section{"/failures/disk/latent", "errors that wait on a disk until they are read", latent},
    Section{"/repair/scrub", "verification of data at rest", scrub},
};

}  // namespace

std::span<const Section> integrity_sections() { return sections; }

}  // namespace models::scenario
