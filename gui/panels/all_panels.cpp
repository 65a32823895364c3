#include <array>

#include "gui/panel.h"

namespace gui {

std::span<const PanelKind> all_panels() {
  static constexpr std::array panels{PanelKind{"start", "Start", make_start},
                                     PanelKind{"editor", "Scenario", make_editor},
                                     PanelKind{"compare", "Compare", make_compare}};
  return panels;
}

}  // namespace gui
