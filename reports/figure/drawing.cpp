#include "reports/figure/drawing.h"

#include <array>

namespace reports::figure {

Ink series_ink(std::size_t number) {
  constexpr std::array inks{Ink::first,  Ink::second, Ink::third,
                            Ink::fourth, Ink::fifth,  Ink::sixth};
  return inks[number % inks.size()];
}

Symbol series_symbol(std::size_t number) {
  constexpr std::array symbols{Symbol::circle,  Symbol::square, Symbol::triangle,
                               Symbol::diamond, Symbol::cross,  Symbol::star};
  return symbols[number % symbols.size()];
}

Colour colour_of(Ink ink, Theme theme) {
  const bool dark = theme == Theme::dark;
  switch (ink) {
    case Ink::paper:
      return dark ? Colour{30, 32, 36} : Colour{255, 255, 255};
    case Ink::text:
      return dark ? Colour{232, 232, 232} : Colour{32, 32, 32};
    case Ink::faint:
      return dark ? Colour{165, 168, 173} : Colour{96, 100, 106};
    case Ink::grid:
      return dark ? Colour{66, 70, 76} : Colour{222, 224, 228};
    case Ink::first:
      return dark ? Colour{86, 180, 233} : Colour{0, 114, 178};
    case Ink::second:
      return {213, 94, 0};
    case Ink::third:
      return {0, 158, 115};
    case Ink::fourth:
      return {204, 121, 167};
    case Ink::fifth:
      return {230, 159, 0};
    case Ink::sixth:
      return dark ? Colour{240, 228, 66} : Colour{120, 94, 0};
  }
  return {};
}

}  // namespace reports::figure
