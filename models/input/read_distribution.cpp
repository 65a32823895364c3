#include "models/input/read_distribution.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/nearest_name.h"
#include "sim/contract.h"

namespace models::scenario {
namespace {

using sim::Distribution;

// Stands in for a faulty one.
Distribution any_lifetime() { return Distribution::exponential(sim::year); }

Distribution read_exponential(ObjectReader& reader) {
  if (reader.has("rate")) return Distribution::exponential({1 / reader.number("rate")});
  if (reader.has("mean")) return Distribution::exponential({reader.number("mean")});
  if (!reader.has("annual_failure_probability")) return any_lifetime();
  const double rate_per_year = -std::log1p(-reader.number("annual_failure_probability"));
  return Distribution::exponential(sim::year / rate_per_year);
}

Distribution read_weibull(ObjectReader& reader) {
  return Distribution::weibull(reader.number("shape"), {reader.number("scale")},
                               {reader.number("location")});
}

Distribution read_bathtub(ObjectReader& reader) {
  std::vector<Distribution> parts;
  for (const Node* part : reader.list("parts")) {
    parts.push_back(read_lifetime(*part, reader.faults()));
  }
  if (!parts.empty()) return Distribution::competing(std::move(parts));
  if (const Node* node = reader.find("parts"); node != nullptr && node->kind == Node::Kind::list) {
    reader.faults().add(*node, "must have at least one lifetime");
  }
  return any_lifetime();
}

Distribution read_lognormal(ObjectReader& reader) {
  return Distribution::lognormal({reader.number("median")}, reader.number("sigma"));
}

Distribution read_gamma(ObjectReader& reader) {
  return Distribution::gamma(reader.number("shape"), {reader.number("scale")});
}

Distribution read_uniform(ObjectReader& reader) {
  const double from = reader.number("from");
  const double to = reader.number("to");
  if (to > from) return Distribution::uniform({from}, {to});
  if (reader.has("from") && reader.has("to")) {
    reader.faults().add(reader.node(), "'to' must be later than 'from'");
  }
  return any_lifetime();
}

Distribution read_fixed(ObjectReader& reader) {
  return Distribution::fixed({reader.number("time")});
}

Distribution read_empirical(ObjectReader& reader) {
  std::vector<sim::Seconds> times;
  double longest = 0;
  for (const double time : reader.times("times")) {
    times.push_back({time});
    longest = std::max(longest, time);
  }
  if (longest > 0) return Distribution::empirical(times);
  if (const Node* node = reader.find("times"); node != nullptr && node->kind == Node::Kind::list) {
    reader.faults().add(*node, "must have at least one time above zero");
  }
  return any_lifetime();
}

struct Kind {
  std::string_view name;
  std::string_view section;
  Distribution (*read)(ObjectReader&);
};

// The whole table. A new kind is a section of field_table_distribution.cpp and a line here.
constexpr std::array<Kind, 8> kinds{{
    {"exponential", "distribution/exponential", read_exponential},
    {"weibull", "distribution/weibull", read_weibull},
    {"bathtub", "distribution/bathtub", read_bathtub},
    {"lognormal", "distribution/lognormal", read_lognormal},
    {"gamma", "distribution/gamma", read_gamma},
    {"uniform", "distribution/uniform", read_uniform},
    {"fixed", "distribution/fixed", read_fixed},
    {"empirical", "distribution/empirical", read_empirical},
}};

Distribution read_object(const Node& node, Faults& faults) {
  const Node* name = node.find("kind");
  std::vector<std::string_view> names;
  names.reserve(kinds.size());
  for (const Kind& kind : kinds) names.push_back(kind.name);
  if (name == nullptr) {
    faults.add(node, "is missing: kind of distribution, one of " + name_advice("", names), "kind");
    return any_lifetime();
  }
  const auto* const found = std::ranges::find(kinds, name->text, &Kind::name);
  if (found == kinds.end()) {
    faults.add(*name, fmt::format("must be a kind of distribution, got {}; {}", describe(*name),
                                  name_advice(name->text, names)));
    return any_lifetime();
  }
  ObjectReader reader(node, found->section, faults);
  return found->read(reader);
}

double checked(const Node& node, std::string_view section, std::string_view key, Faults& faults) {
  return read_number(node, find_field(find_section(section), key), faults);
}

}  // namespace

Distribution read_lifetime(const Node& node, Faults& faults) {
  if (node.kind == Node::Kind::object) {
    Distribution read = read_object(node, faults);
    if (read.has_hazard()) return read;
    faults.add(node,
               "a fixed time is no lifetime: nothing fails at exactly one age; take another "
               "kind, such as {\"kind\": \"exponential\", \"mean\": ...}");
    return any_lifetime();
  }
  if (node.kind == Node::Kind::text && parse_quantity(QuantityKind::time, node.text)) {
    faults.add(node,
               fmt::format("a time alone is no lifetime: give a rate as in \"5 %/year\", or a "
                           "distribution as in {{\"kind\": \"exponential\", \"mean\": \"{}\"}}",
                           node.text));
    return any_lifetime();
  }
  return Distribution::exponential({1 / checked(node, "distribution/exponential", "rate", faults)});
}

Distribution read_duration(const Node& node, Faults& faults) {
  if (node.kind == Node::Kind::object) return read_object(node, faults);
  if (node.kind == Node::Kind::text && parse_quantity(QuantityKind::rate, node.text)) {
    faults.add(node,
               "a rate is no duration: give a time as in \"24 h\", or a distribution as in "
               "{\"kind\": \"exponential\", \"mean\": \"24 h\"}");
    return Distribution::fixed({0});
  }
  return Distribution::fixed({checked(node, "distribution/fixed", "time", faults)});
}

Distribution default_duration(const Field& field) {
  const ParsedQuantity parsed = parse_quantity(QuantityKind::time, field.fallback);
  EXPECTS(static_cast<bool>(parsed));
  return Distribution::fixed({parsed.value});
}

}  // namespace models::scenario
