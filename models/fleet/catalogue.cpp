#include "models/fleet/catalogue.h"

#include <array>

namespace models::fleet {

void Catalogue::move(std::uint32_t shard, Home home) {
  Moved& entry = homes.at(shard);
  if (clock > 0 && entry.number > 0) before.at(shard).push_back(entry);
  entry = {home, clock > 0 ? ++clock : 0};
}

void Catalogue::lose(const placement::PlacementMap& map, Home home) {
  if (!brought.is_of_branch()) list_brought(map);
  losses.at(home.disk).push_back({home.generation, ++clock, false, nullptr, {}});
}

Loss& Catalogue::loss_at(Home home) {
  return *std::ranges::find(losses.at(home.disk), home.generation, &Loss::generation);
}

void Catalogue::begin(std::shared_ptr<const Ticket> ticket, Refusals refusals) {
  Loss& loss = loss_at(ticket->lost);
  loss.ticket = ticket;
  loss.open = true;
  tickets.add(ticket);
  open.push_back({std::move(ticket), {}});
  open.back().progress.set_refusals(std::move(refusals));
}

void Catalogue::end(const Ticket& ticket) {
  Loss& loss = loss_at(ticket.lost);
  loss.progress = progress_of(loss);
  loss.open = false;
  std::erase_if(open, [&](const OpenTicket& each) { return each.ticket->number == ticket.number; });
}

/// Tickets that have been asked of so often that a list would have cost as much. Not in a branch,
/// which lives too short.
void Catalogue::list_brought(const placement::PlacementMap& map) {
  constexpr std::size_t looks_of_an_entry = 12;  // what it costs, about
  tickets.erase_if([&](const Ticket& ticket) {
    const Loss& loss = *loss_of(ticket.lost);
    if (loss.open) return false;
    if (loss.progress.asked->looks() < looks_of_an_entry * ticket.places()) return false;
    for (std::uint32_t place = 0; place < loss.progress.reached; ++place) {
      brought.add(target_of(map, ticket, loss.progress, place).disk, ticket.lost, place);
    }
    return true;
  });
}

const OpenTicket* Catalogue::open_ticket(std::uint32_t number) const {
  const auto found = std::ranges::find_if(
      open, [&](const OpenTicket& each) { return each.ticket->number == number; });
  return found == open.end() ? nullptr : &*found;
}

void Catalogue::reach(std::uint32_t number, std::uint32_t places) {
  for (OpenTicket& each : open) {
    if (each.ticket->number == number) each.progress.reached = places;
  }
}

void Catalogue::refuse(std::uint32_t first_disk, std::uint32_t end_disk, std::uint32_t until) {
  for (OpenTicket& each : open) {
    auto refusals = std::make_shared<std::vector<repair::Refusal>>();
    if (each.progress.refusals) *refusals = *each.progress.refusals;
    refusals->push_back({first_disk, end_disk, each.progress.reached, until});
    each.progress.set_refusals(std::move(refusals));
  }
}

void Catalogue::accept(std::uint32_t first_disk, std::uint32_t end_disk) {
  const auto ends = [&](const repair::Refusal& refusal) {
    return refusal.first == first_disk && refusal.end == end_disk &&
           refusal.until == repair::Refusal::while_away;
  };
  for (OpenTicket& each : open) {
    if (!each.progress.refusals || std::ranges::none_of(*each.progress.refusals, ends)) continue;
    auto refusals = std::make_shared<std::vector<repair::Refusal>>(*each.progress.refusals);
    for (repair::Refusal& refusal : *refusals) {
      if (ends(refusal)) refusal.until = each.progress.reached;
    }
    each.progress.set_refusals(std::move(refusals));
  }
}

const Loss* Catalogue::loss_of(Home home) const {
  const auto* of_disk = losses.find(home.disk);
  if (of_disk == nullptr) return nullptr;
  for (const Loss& loss : *of_disk) {
    if (loss.generation == home.generation) return &loss;
  }
  return nullptr;
}

Home Catalogue::follow(const placement::PlacementMap& map, std::uint32_t shard, Moved from,
                       std::uint32_t until) const {
  while (true) {
    const Loss* loss = loss_of(from.home);
    if (loss == nullptr || !loss->ticket) return from.home;
    const Ticket& ticket = *loss->ticket;
    if (ticket.number <= from.number || ticket.number >= until) return from.home;
    const std::uint32_t place = ticket.place_of(shard);
    const TicketProgress& progress = progress_of(*loss);
    // Whoever asks of the past does so for a group that had reached its place by then.
    const std::uint32_t reached = until == today ? progress.reached : ticket.places();
    if (place >= reached) return from.home;
    from = {target_of(map, ticket, progress, place), ticket.number};
  }
}

Home Catalogue::home_then(const placement::PlacementMap& map, std::uint32_t shard,
                          std::uint32_t before_number) const {
  const std::uint32_t group = shard / map.width();
  const std::uint32_t first = map.members(group)[shard % map.width()];
  if (!left.holds(first)) return {first, 0};
  Moved from{{first, 0}, 0};
  if (const Moved* moved = homes.find(shard)) {
    if (moved->number < before_number) {
      from = *moved;
    } else if (const auto* earlier = before.find(shard)) {
      for (const Moved& each : *earlier) {
        if (each.number < before_number) from = each;
      }
    }
  }
  return follow(map, shard, from, before_number);
}

Home Catalogue::target_of(const placement::PlacementMap& map, const Ticket& ticket,
                          const TicketProgress& progress, std::uint32_t place) const {
  std::uint32_t disk = progress.asked->at(place);
  if (disk == repair::TargetRule::no_target) {
    const std::uint32_t shard = (*ticket.shards)[place];
    const std::uint32_t width = map.width();
    const std::uint32_t first = shard / width * width;
    std::array<std::uint32_t, most_shards> others{};
    std::size_t count = 0;
    for (std::uint32_t slot = 0; slot < width; ++slot) {
      if (first + slot == shard) continue;
      others[count++] = home_then(map, first + slot, ticket.number).disk;
    }
    disk = ticket.rule.target(place, std::span(others).first(count), progress.refused());
    progress.asked->set(place, ticket.places(), disk);
  }
  if (disk == repair::TargetRule::no_target) return ticket.lost;
  std::uint32_t generation = 0;
  if (const auto* of_disk = losses.find(disk)) {
    generation = static_cast<std::uint32_t>(std::ranges::count_if(
        *of_disk, [&](const Loss& loss) { return loss.number < ticket.number; }));
  }
  return {disk, generation};
}

void Catalogue::add_brought(const placement::PlacementMap& map, Home home,
                            std::vector<std::uint32_t>& shards) const {
  const auto add = [&](const Ticket& ticket, const TicketProgress& progress, std::uint32_t place) {
    // Not if it has been moved by itself since.
    const std::uint32_t shard = (*ticket.shards)[place];
    const Moved* moved = homes.find(shard);
    if (moved != nullptr && moved->number > ticket.number) return;
    if (target_of(map, ticket, progress, place) == home) shards.push_back(shard);
  };
  brought.each(home.disk, [&](Home lost, std::uint32_t place) {
    const Loss& loss = *loss_of(lost);
    add(*loss.ticket, loss.progress, place);
  });
  tickets.each([&](const Ticket& ticket) {
    const TicketProgress& progress = progress_of(*loss_of(ticket.lost));
    progress.asked->look(ticket.rule.looks(ticket.places()));
    ticket.rule.each_place(home.disk, progress.reached, progress.refused(),
                           [&](std::uint32_t place) { add(ticket, progress, place); });
  });
}

}  // namespace models::fleet
