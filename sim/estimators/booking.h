#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/change.h"
#include "sim/estimators/rare_tally.h"

namespace sim {

/// A branch under way: what its losses count, and which events led to it.
struct Branch {
  double weight{1.0};
  bool intact{true};  ///< nothing was lost before it
  LossPath path;
};

/// Books the losses of a change into a sample.
class Booking {
 public:
  Booking() = default;
  Booking(std::size_t payoffs, RareSample& sample) : sample_(&sample), amounts_(payoffs) {}

  /// What the change lost of the groups for whose crossing `mine` holds. The branch's path ends
  /// with the event.
  template <class Mine>
  void lost(const Change& change, const Branch& branch, Seconds at, Mine mine) {
    std::size_t own = 0;
    std::fill(amounts_.begin(), amounts_.end(), 0.0);
    for (std::size_t i = 0; i < change.lost.size(); ++i) {
      if (!mine(change.lost[i])) continue;
      ++own;
      for (std::size_t j = 0; j < amounts_.size(); ++j) {
        amounts_[j] += change.amounts[i * amounts_.size() + j];
      }
    }
    if (own == 0) return;
    // A first loss belongs to all groups lost at that instant in equal parts.
    const double share = static_cast<double>(own) / static_cast<double>(change.lost.size());
    sample_->record(branch.path, at, branch.intact ? branch.weight * share : 0.0, branch.weight,
                    amounts_);
  }

  /// Group-seconds out of reach that began at `at`; the amounts of a timed model are none.
  void time(const Branch& branch, Seconds at, double group_seconds) {
    std::fill(amounts_.begin(), amounts_.end(), 0.0);
    sample_->record(branch.path, at, branch.weight * group_seconds, branch.weight, amounts_);
  }

  /// The chances of loss at this instant of the groups for whose atom `mine` holds.
  template <class Mine>
  void atoms(const Change& change, const Branch& branch, Seconds at, Mine mine) {
    for (std::size_t i = 0; i < change.atoms.size(); ++i) {
      const Atom& atom = change.atoms[i];
      if (!mine(atom)) continue;
      for (std::size_t j = 0; j < amounts_.size(); ++j) {
        amounts_[j] = change.atom_amounts[i * amounts_.size() + j];
      }
      const double any = branch.intact ? branch.weight * atom.share_of_any : 0.0;
      sample_->record(branch.path.then(atom.event_class), at, any, branch.weight * atom.probability,
                      amounts_);
    }
  }

 private:
  RareSample* sample_{};
  std::vector<double> amounts_;
};

}  // namespace sim
