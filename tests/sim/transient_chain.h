#pragma once

#include <cstddef>
#include <vector>

namespace sim::testing {

/// A Markov chain in continuous time with one absorbing state, solved by uniformisation (Jensen
/// 1953): jumps at one constant rate, their number Poisson, all terms positive, so small
/// probabilities keep their relative accuracy.
class TransientChain {
 public:
  /// @param states  not counting the absorbing one
  explicit TransientChain(std::size_t states) : out_(states) {}

  static constexpr std::size_t absorbed = ~std::size_t{0};
  /// A transition at `rate`; rates of one pair add up. Nothing happens at rate 0.
  void add(std::size_t from, std::size_t to, double rate);

  struct Result {
    double lost{};             ///< P(absorbed by t)
    double alive{};            ///< expected time not absorbed
    std::vector<double> time;  ///< expected time in each state
  };
  Result run(std::size_t start, double t) const;
  Result run(const std::vector<double>& start, double t) const;

 private:
  struct Edge {
    std::size_t to;
    double rate;
  };
  std::vector<std::vector<Edge>> out_;
};

/// States 0..top of a birth-death chain, absorbed above `top`: up(i) from i, down(i) from i.
template <class Up, class Down>
TransientChain birth_death(std::size_t top, Up up, Down down) {
  TransientChain chain(top + 1);
  for (std::size_t i = 0; i <= top; ++i) {
    chain.add(i, i == top ? TransientChain::absorbed : i + 1, up(i));
    if (i > 0) chain.add(i, i - 1, down(i));
  }
  return chain;
}

}  // namespace sim::testing
