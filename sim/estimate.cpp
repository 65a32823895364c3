#include "sim/estimate.h"

#include <utility>

namespace sim {

std::string to_string(Method method) {
  switch (method) {
    case Method::analytic:
      return "analytic";
    case Method::direct:
      return "direct";
    case Method::compensator:
      return "compensator";
    case Method::exposure:
      return "exposure";
    case Method::splitting:
      return "splitting";
    case Method::arithmetic:
      return "arithmetic";
  }
  return {};
}

Estimate Estimate::exact(double value, Method method, std::string model) {
  Estimate estimate;
  estimate.value = value;
  estimate.ci95 = {value, value};
  estimate.method = method;
  estimate.model = std::move(model);
  return estimate;
}

}  // namespace sim
