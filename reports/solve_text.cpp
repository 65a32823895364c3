#include "reports/solve_text.h"

#include <fmt/format.h>

#include <string_view>

#include "models/scenario/metrics.h"
#include "reports/csv_field.h"
#include "reports/page.h"
#include "reports/words/metric_form.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::sweep::Side;
using models::sweep::Solution;
using models::sweep::SolveTrial;

std::string target_words(const Solution& solution) {
  const auto& target = solution.target;
  return fmt::format("{} {} {:g}", target.metric, target.op, target.value);
}

std::string figure_words(const Solution& solution, const SolveTrial& trial) {
  const EstimateText text = estimate_text(trial.figure, form_of(solution.target.metric));
  return text.certainty.empty() ? text.figure : text.figure + " " + text.certainty;
}

/// Why nothing decides between the two ends.
std::string between_words(const Solution& solution) {
  const SolveTrial* open = nullptr;
  for (const SolveTrial& trial : solution.trials) {
    if (trial.side == Side::open) open = &trial;
  }
  if (open == nullptr) return "";
  if (!open->figure.converged && !open->figure.note.empty()) {
    return fmt::format(" In between the figure is not published: {}.", open->figure.note);
  }
  return fmt::format(" In between the 95 % interval holds {:g}; --precision 3% narrows it.",
                     solution.target.value);
}

std::string on_both_sides(const Solution& solution) {
  const SolveTrial& meets = *solution.meets();
  const SolveTrial& fails = *solution.fails();
  const bool rising = meets.at > fails.at;
  return fmt::format("{} of {} or {} meets {} ({}); {} does not ({}).{}", solution.path,
                     meets.value, rising ? "more" : "less", target_words(solution),
                     figure_words(solution, meets), fails.value, figure_words(solution, fails),
                     between_words(solution));
}

}  // namespace

std::string_view side_words(Side side) {
  switch (side) {
    case Side::meets:
      return "meets";
    case Side::fails:
      return "fails";
    default:
      return "open";
  }
}

std::string solve_answer(const Solution& solution) {
  const auto& trials = solution.trials;
  if (trials.empty()) return "Interrupted before the first value was known: there is no answer.";
  std::string text;
  if (!solution.monotone) {
    text = fmt::format(
        "{} goes up and down with {}: no one value parts what meets {} from what "
        "does not. What was tried stands below.",
        solution.target.metric, solution.path, target_words(solution));
  } else if (solution.meets() != nullptr && solution.fails() != nullptr) {
    text = on_both_sides(solution);
  } else if (solution.meets() != nullptr || solution.fails() != nullptr) {
    text = fmt::format("{} {} for every value of {} that was decided, from {} to {}.{}",
                       target_words(solution),
                       solution.meets() != nullptr ? "holds" : "does not hold", solution.path,
                       trials.front().value, trials.back().value, between_words(solution));
  } else {
    text = fmt::format("Undecided for every value of {} from {} to {}.{}", solution.path,
                       trials.front().value, trials.back().value, between_words(solution));
  }
  if (solution.interrupted) text = "Interrupted, so this is as far as it came. " + text;
  return text;
}

std::string solve_text(const Solution& solution, const TextOptions& options) {
  constexpr std::size_t value_width = 20;
  constexpr std::size_t figure_width = 34;
  constexpr std::size_t side_width = 10;
  Page page{options};
  page.paragraph(fmt::format("{}: {}", solution.scenario, solution.strategy), Tone::strong);
  page.blank();
  page.paragraph(solve_answer(solution), Tone::strong);
  if (solution.trials.empty()) return page.take();
  const auto* info = models::scenario::find_metric(solution.target.metric);
  page.heading(fmt::format("{} ({})", solution.target.metric, info == nullptr ? "" : info->unit));
  for (const SolveTrial& trial : solution.trials) {
    const Tone tone = trial.side == Side::meets   ? Tone::good
                      : trial.side == Side::fails ? Tone::bad
                                                  : Tone::doubtful;
    page.row({{.text = trial.value, .width = value_width},
              {.text = figure_words(solution, trial), .width = figure_width, .tone = Tone::strong},
              {.text = std::string{side_words(trial.side)}, .width = side_width, .tone = tone}});
  }
  const auto& figure = solution.trials.front().figure;
  page.rule();
  page.paragraph(
      fmt::format("Each value on the same failures (seed {}), {}, {} replicates; 95 % "
                  "intervals of sampling alone, doubt about other inputs is not in them.",
                  solution.seed, to_string(figure.method), figure.replicates),
      Tone::faint);
  return page.take();
}

std::string solve_csv(const Solution& solution) {
  std::string text = "value,metric,figure,low95,high95,unit,side,method,replicates\n";
  const auto* info = models::scenario::find_metric(solution.target.metric);
  for (const SolveTrial& trial : solution.trials) {
    const auto& figure = trial.figure;
    text += fmt::format(
        "{},{},{},{},{},{},{},{},{}\n", csv_field(trial.value), solution.target.metric,
        figure.value ? exact_text(*figure.value) : std::string{}, exact_text(figure.ci95.low),
        exact_text(figure.ci95.high), csv_field(std::string{info == nullptr ? "" : info->unit}),
        side_words(trial.side), to_string(figure.method), figure.replicates);
  }
  return text;
}

}  // namespace reports
