#include "models/drill/audit.h"

#include <fmt/format.h>

#include <exception>

#include "models/codes/slots.h"
#include "models/drill/stopwatch.h"

namespace models::drill {
namespace {

/// Slots to read without: as many as may be left out beside those that cannot be read anyway.
codes::ShardSet least_set(const codes::Code& code, const codes::ShardSet& absent,
                          sim::Stream& stream) {
  std::vector<std::size_t> present =
      codes::slots_of(codes::first_slots(code.shape().total()) & ~absent);
  codes::ShardSet left_out;
  while (!present.empty()) {
    const auto i = static_cast<std::size_t>(stream.below(present.size()));
    left_out.set(present[i]);
    if (!code.recoverable(absent | left_out)) left_out.reset(present[i]);
    present[i] = present.back();
    present.pop_back();
  }
  return left_out;
}

std::string judge(const Finding& finding, const Got& got, const codes::ShardSet& away,
                  const Ledger& ledger, std::uint32_t group, const codes::Code& code) {
  const codes::ShardSet refused = got.unsound & ~finding.damaged;
  if (refused.any()) {
    return fmt::format("shard {} of object {} fails verification and no fault has touched it",
                       codes::slots_of(refused).front(), group);
  }
  const bool should = code.recoverable(finding.damaged | away);
  if (got.readable != should) {
    return fmt::format("object {} {}", group,
                       should ? "cannot be read although its code can recover it"
                              : "is read although its code calls it lost");
  }
  if (got.readable && !ledger.same(group, got.data)) {
    return fmt::format("object {} is read with wrong bytes", group);
  }
  return {};
}

class Auditor {
 public:
  Auditor(const codes::Code& code, const ObjectStore& store, const Ledger& ledger,
          std::uint64_t number)
      : code_(code), store_(store), ledger_(ledger), number_(number) {}

  Finding look_at(std::uint32_t group, sim::Stream stream, Scratch& scratch, Got& got) const {
    Finding finding;
    if (store_.catalogue().entry(group).version != ledger_.version(group)) {
      finding.violation =
          fmt::format("object {} is version {}, acknowledged was {}", group,
                      store_.catalogue().entry(group).version, ledger_.version(group));
      return finding;
    }
    finding.damaged = ledger_.damaged(group, store_);
    const codes::ShardSet away = away_from(group);
    codes::ShardSet shun;
    const bool lost = !code_.recoverable(finding.damaged | away);
    const bool through_parity = (group + number_) % 4 == 0;
    if (!lost && through_parity) shun = least_set(code_, finding.damaged | away, stream);
    store_.get(group, shun, scratch, got);
    finding.readable = got.readable;
    finding.predicted_lost = lost && !code_.recoverable(finding.damaged);
    finding.out_of_reach = lost && !finding.predicted_lost;
    finding.violation = judge(finding, got, away, ledger_, group, code_);
    return finding;
  }

 private:
  codes::ShardSet away_from(std::uint32_t group) const {
    codes::ShardSet away;
    const Entry& entry = store_.catalogue().entry(group);
    for (std::size_t slot = 0; slot < entry.homes.size(); ++slot) {
      if (!store_.reachable(entry.homes[slot].disk)) away.set(slot);
    }
    return away;
  }

  const codes::Code& code_;
  const ObjectStore& store_;
  const Ledger& ledger_;
  std::uint64_t number_;
};

}  // namespace

std::vector<Finding> audit(const codes::Code& code, const ObjectStore& store, const Ledger& ledger,
                           const StreamOf& stream_of, std::uint64_t number, Work& work) {
  const Auditor auditor(code, store, ledger, number);
  const auto groups = static_cast<std::int64_t>(store.catalogue().groups());
  std::vector<Finding> findings(static_cast<std::size_t>(groups));
  // Below so many bytes starting threads costs more than they save.
  constexpr std::size_t worth_threads = std::size_t{1} << 22U;
  const std::size_t bytes = static_cast<std::size_t>(groups) * store.shard_bytes() *
                            static_cast<std::size_t>(code.shape().data);
  std::exception_ptr failed;  // an exception must not leave a parallel region
#pragma omp parallel if (bytes >= worth_threads)
  {
    Scratch scratch;
    Got got;
    {
      const Stopwatch watch(scratch.work.verify_s);
#pragma omp for schedule(dynamic) nowait
      for (std::int64_t i = 0; i < groups; ++i) {
        const auto group = static_cast<std::uint32_t>(i);
        try {
          findings[group] = auditor.look_at(group, stream_of(group), scratch, got);
        } catch (...) {
#pragma omp critical(models_drill_audit)
          failed = std::current_exception();
        }
      }
    }
#pragma omp critical(models_drill_audit)
    work.add(scratch.work);
  }
  if (failed) std::rethrow_exception(failed);
  return findings;
}

}  // namespace models::drill
