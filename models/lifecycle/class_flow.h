#pragma once

#include <vector>

#include "models/scenario/lifecycle_values.h"
#include "models/scenario/scenario.h"
#include "models/units.h"

namespace models::lifecycle {

/// One year of objects in the classes of a cloud. Money is in the currency of the price book.
struct ClassYear {
  std::vector<Bytes> held;  ///< by class, averaged over the year
  Bytes read{};             ///< in the year, all classes
  Money storage{};
  Money reading{};       ///< retrieval and traffic out
  Money early{};         ///< for minimum stays that were not waited out
  Money all_in_first{};  ///< storage and traffic if everything stayed in the first class
  Money total() const { return storage + reading + early; }
};

/// Price of `bytes` for `time` at `price` per TB and month; a month is a twelfth of a year.
Money storage_cost(Bytes bytes, Seconds time, double price);

/// What a class charges for an object of `bytes` that leaves after `stayed`: the rest of the
/// minimum.
Money early_fee(Bytes bytes, Seconds stayed, Seconds minimum, double price);

/// Reads of one object from age `from` to `to`.
double reads_between(const scenario::ReadRate& reads, Seconds from, Seconds to);

/// Objects enter month by month and are asked about every day through LifecycleRule. Minimum stays
/// are those of the price book. Empty without prices.
std::vector<ClassYear> play_classes(const scenario::ClassFlow& flow,
                                    const scenario::Prices& prices);

}  // namespace models::lifecycle
