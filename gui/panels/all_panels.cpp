#include <array>

#include "gui/panel.h"

namespace gui {

std::span<const PanelKind> all_panels() {
  static constexpr std::array panels{
      PanelKind{"start", "Start", make_start},
      PanelKind{"editor", "Scenario", make_editor},
      PanelKind{"compare", "Compare", make_compare},
      PanelKind{"topology", "Topology", make_topology},
      PanelKind{"stripe", "Stripe", make_stripe},
  };
  return panels;
}

}  // namespace gui
