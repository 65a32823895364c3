#include <array>

#include "gui/panel.h"

namespace gui {

std::span<const PanelKind> all_panels() {
  static constexpr std::array panels{
      PanelKind{"start", "Start", make_start},
      PanelKind{"editor", "Scenario", make_editor},
      PanelKind{"compare", "Compare", make_compare},
      PanelKind{"sensitivity", "Sensitivity", make_sensitivity, show_off_sensitivity},
      PanelKind{"topology", "Topology", make_topology, show_off_topology},
      PanelKind{"timeline", "Timeline", make_timeline},
      PanelKind{"stripe", "Stripe", make_stripe, show_off_stripe},
      PanelKind{"planner", "Planner", make_planner, show_off_planner},
  };
  return panels;
}

}  // namespace gui
