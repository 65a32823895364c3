#include "models/drill/shrink.h"

#include <array>

namespace models::drill {

Schedule shrink(Schedule schedule, const Fails& fails, int most_tries) {
  static constexpr std::array<Simplify<Step>, 3> numbers{
      [](Step& step) { return std::exchange(step.draw, 0U) != 0; },
      [](Step& step) { return std::exchange(step.slot, std::uint16_t{0}) != 0; },
      [](Step& step) { return std::exchange(step.group, 0U) != 0; }};
  return Shrinker<Step>(std::move(schedule), fails, most_tries).run(numbers);
}

}  // namespace models::drill
