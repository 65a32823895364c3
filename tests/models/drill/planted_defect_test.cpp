// Every defect that the drill is there to find, planted: each is caught, its schedule shrinks to a
// few steps, and the few steps fail again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "models/codes/reed_solomon.h"
#include "tests/models/drill/small_drill.h"

namespace models::drill {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A code with a fault in one of its parts: everything else is Reed-Solomon's.
class Faulty final : public codes::Code {
 public:
  enum class Fault { wrong_rebuild, wrong_parity_row, promises_too_much };
  Faulty(int data, int parity, Fault fault) : real_(data, parity), fault_(fault) {}
  codes::Shape shape() const override { return real_.shape(); }
  std::string name() const override { return "faulty"; }
  int tolerance() const override { return real_.tolerance(); }
  bool recoverable(const codes::ShardSet& erased) const override {
    if (fault_ != Fault::promises_too_much) return real_.recoverable(erased);
    return erased.count() <= static_cast<std::size_t>(real_.tolerance()) + 1;
  }
  std::optional<codes::RepairPlan> repair_plan(const codes::ShardSet& erased,
                                               int target) const override {
    return real_.repair_plan(erased, target);
  }
  void encode(std::span<const Block> data, std::span<const MutableBlock> parity) const override {
    real_.encode(data, parity);
    if (fault_ == Fault::wrong_parity_row) {  // a plain sum in place of the last row
      std::ranges::fill(parity.back(), std::byte{});
      for (const Block block : data) {
        for (std::size_t i = 0; i < block.size(); ++i) parity.back()[i] ^= block[i];
      }
    }
  }
  bool decode(std::span<const MutableBlock> shards, const codes::ShardSet& erased) const override {
    return real_.decode(shards, erased);
  }
  bool rebuild(int target, const codes::ShardSet& reads, std::span<const Block> shards,
               MutableBlock out) const override {
    const bool done = real_.rebuild(target, reads, shards, out);
    if (fault_ == Fault::wrong_rebuild) out.back() ^= std::byte{1};
    return done;
  }

 private:
  codes::ReedSolomon real_;
  Fault fault_;
};

scenario::Scenario fleet() {
  scenario::Scenario scenario = small_fleet();
  scenario.strategies = {rs(4, 2)};
  return scenario;
}

/// A campaign against `subject` has to fail with `words`, and its shrunk schedule has to hold
/// `most` steps at most, of which none can be left out.
void expect_caught(const Subject& subject, const std::string& words, std::size_t most) {
  DrillOptions options = small_drill(1);
  options.missions = 500;
  options.steps = 20;
  const StrategyResult result = campaign(subject, options);
  ASSERT_TRUE(result.failure) << "not caught";
  EXPECT_THAT(result.drill.violations, Contains(HasSubstr(words)));
  const Schedule& shrunk = result.failure->shrunk;
  EXPECT_LE(shrunk.size(), most) << text_of(shrunk);
  const auto again = [&](const Schedule& schedule) {
    return play(subject, options.setting, result.failure->mission, schedule);
  };
  EXPECT_EQ(again(shrunk).violations, result.failure->violations);
  EXPECT_THAT(result.failure->violations, Not(IsEmpty()));
  for (std::size_t i = 0; i < shrunk.size(); ++i) {
    Schedule less = shrunk;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(again(less).passed()) << "step " << i << " of " << text_of(shrunk);
  }
}

using Spoil = void (*)(repair::Plan&, const repair::FleetView&);

void expect_plan_caught(Spoil spoil, const std::string& words, std::size_t most) {
  const scenario::Scenario scenario = fleet();
  Bench bench(scenario);
  bench.decide = [&bench, spoil](std::span<const repair::LostShard> lost,
                                 const repair::FleetView& view, sim::Stream& stream) {
    repair::Plan plan = bench.planner.decide(lost, view, stream);
    spoil(plan, view);
    return plan;
  };
  expect_caught(bench.subject(), words, most);
}

void expect_code_caught(Faulty::Fault fault, const std::string& words, std::size_t most) {
  const scenario::Scenario scenario = fleet();
  const Faulty code(4, 2, fault);
  const Bench bench(scenario, &code);
  expect_caught(bench.subject(), words, most);
}

void expect_rule_missed(const Safeguards& broken, const std::string& words, std::size_t most) {
  const scenario::Scenario scenario = fleet();
  const Bench bench(scenario);
  expect_caught(bench.subject(&broken), words, most);
}

TEST(PlantedDefect, NoneIsSeenWhereNoneIs) {
  const scenario::Scenario scenario = fleet();
  const Bench bench(scenario);
  DrillOptions options = small_drill(1);
  options.missions = 500;
  options.steps = 20;
  EXPECT_FALSE(campaign(bench.subject(), options).failure);
}

TEST(PlantedDefect, AWrongRowOfTheParityIsCaught) {
  expect_code_caught(Faulty::Fault::wrong_parity_row, "although its code can recover it", 0);
}

TEST(PlantedDefect, AWrongByteOfARebuildIsCaught) {
  expect_code_caught(Faulty::Fault::wrong_rebuild, "with other bytes", 1);
}

TEST(PlantedDefect, ACodeThatPromisesTooMuchIsCaught) {
  expect_code_caught(Faulty::Fault::promises_too_much, "although its code can recover it", 6);
}

TEST(PlantedDefect, ReadsWithoutVerificationAreCaught) {
  struct Trusting final : Safeguards {
    bool sound(std::span<const std::byte> record, const Wanted&) const override {
      return record.size() > header_bytes;
    }
  };
  expect_rule_missed(Trusting{}, "wrong bytes", 2);
}

TEST(PlantedDefect, ReadsThatDoNotAskForTheVersionAreCaught) {
  struct Versionless final : Safeguards {
    bool sound(std::span<const std::byte> record, const Wanted& wanted) const override {
      const auto header = read_header(record);
      return header && Safeguards::sound(record, {header->identity, header->crc}) &&
             header->identity.group == wanted.identity.group &&
             header->identity.slot == wanted.identity.slot;
    }
  };
  expect_rule_missed(Versionless{}, "", 2);
}

TEST(PlantedDefect, AnAnswerBeforeEveryShardIsDurableIsCaught) {
  struct Hasty final : Safeguards {
    bool syncs_before_commit() const override { return false; }
  };
  expect_rule_missed(Hasty{}, "", 2);
}

TEST(PlantedDefect, AScrubThatTrustsTheStoredSumIsCaught) {
  struct Shallow final : Safeguards {
    bool passes_scrub(std::span<const std::byte> record, const Wanted& wanted) const override {
      const auto header = read_header(record);
      return header && header->identity == wanted.identity && header->crc == wanted.crc;
    }
  };
  expect_rule_missed(Shallow{}, "the scrub of disk", 2);
}

TEST(PlantedDefect, ALateRequestThatIsCarriedOutIsCaught) {
  struct Obedient final : Safeguards {
    bool accepts(const Identity&, const Identity&) const override { return true; }
  };
  expect_rule_missed(Obedient{}, "no fault has touched it", 6);
}

TEST(PlantedDefect, AShortWriteTakenForAWholeOneIsCaught) {
  struct Careless final : Safeguards {
    bool finishes_short_writes() const override { return false; }
  };
  expect_rule_missed(Careless{}, "no fault has touched it", 1);
}

TEST(PlantedDefect, AMachineThatForgotAnUnsyncedShardIsCaught) {
  struct Unaware final : Safeguards {
    bool notices_restarts() const override { return false; }
  };
  expect_rule_missed(Unaware{}, "no fault has touched it", 2);
}

TEST(PlantedDefect, ARebuildOntoAMachineOfTheSameGroupIsCaught) {
  expect_plan_caught(
      [](repair::Plan& plan, const repair::FleetView& view) {
        for (repair::RebuildAction& action : plan.rebuild) {
          for (repair::Task& task : action.tasks) {
            const auto& topology = view.topology();
            const std::uint32_t neighbour = action.read_disks[task.first_read];
            const std::uint32_t first = topology.first_disk(topology.machine_of(neighbour));
            const std::uint32_t other = neighbour == first ? first + 1 : first;
            if (view.free_shards(other) > 0) task.target = other;
          }
        }
      },
      "2 shards on machine", 2);
}

TEST(PlantedDefect, AForgottenShardIsCaught) {
  expect_plan_caught(
      [](repair::Plan& plan, const repair::FleetView&) {
        for (repair::RebuildAction& action : plan.rebuild) action.tasks.pop_back();
      },
      "forgot it", 2);
}

TEST(PlantedDefect, AReadFromALostDiskIsCaught) {
  expect_plan_caught(
      [](repair::Plan& plan, const repair::FleetView&) {
        for (repair::RebuildAction& action : plan.rebuild) {
          for (const repair::Task& task : action.tasks) {
            action.read_disks[task.first_read] = task.shard.from_disk;
          }
        }
      },
      "where it is not", 2);
}

TEST(PlantedDefect, TooFewReadsAreCaught) {
  expect_plan_caught(
      [](repair::Plan& plan, const repair::FleetView&) {
        for (repair::RebuildAction& action : plan.rebuild) {
          for (repair::Task& task : action.tasks) --task.reads;
        }
      },
      "do not suffice", 2);
}

}  // namespace
}  // namespace models::drill
