#include "CBoostMath.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace {
namespace math = boost::math;

// Errors become NaN or infinity: an exception must never cross into Swift. No promotion to long double, which differs
// between machines.
using policy = math::policies::policy<
    math::policies::domain_error<math::policies::ignore_error>,
    math::policies::pole_error<math::policies::ignore_error>,
    math::policies::overflow_error<math::policies::ignore_error>,
    math::policies::evaluation_error<math::policies::ignore_error>,
    math::policies::rounding_error<math::policies::ignore_error>,
    math::policies::indeterminate_result_error<math::policies::ignore_error>,
    math::policies::promote_double<false>>;

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

// The second guard: what a policy does not cover.
template <typename Body>
double guarded(Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return notANumber;
    }
}
}

extern "C" double sluice_normal_quantile(double p) {
    if (!(p > 0 && p < 1)) return notANumber;
    return guarded([=] { return math::quantile(math::normal_distribution<double, policy>(0, 1), p); });
}

extern "C" double sluice_normal_two_sided(double z) {
    if (std::isnan(z)) return notANumber;
    if (std::isinf(z)) return 0;
    return guarded([=] {
        return 2 * math::cdf(math::complement(math::normal_distribution<double, policy>(0, 1), std::fabs(z)));
    });
}

extern "C" double sluice_t_quantile(double p, double df) {
    if (!(p > 0 && p < 1) || !(df > 0)) return notANumber;
    return guarded([=] { return math::quantile(math::students_t_distribution<double, policy>(df), p); });
}

extern "C" double sluice_t_two_sided(double t, double df) {
    if (std::isnan(t) || !(df > 0)) return notANumber;
    if (std::isinf(t)) return 0;
    return guarded([=] {
        return 2 * math::cdf(math::complement(math::students_t_distribution<double, policy>(df), std::fabs(t)));
    });
}

extern "C" double sluice_chi_squared_upper(double x, double df) {
    if (!(x >= 0) || !(df > 0)) return notANumber;
    if (std::isinf(x)) return 0;
    return guarded([=] {
        return math::cdf(math::complement(math::chi_squared_distribution<double, policy>(df), x));
    });
}

extern "C" double sluice_chi_squared_quantile(double p, double df) {
    if (!(p > 0 && p < 1) || !(df > 0)) return notANumber;
    return guarded([=] { return math::quantile(math::chi_squared_distribution<double, policy>(df), p); });
}

extern "C" double sluice_beta_quantile(double p, double a, double b) {
    if (!(p >= 0 && p <= 1) || !(a > 0) || !(b > 0) || std::isinf(a) || std::isinf(b)) return notANumber;
    return guarded([=] { return math::quantile(math::beta_distribution<double, policy>(a, b), p); });
}

extern "C" double sluice_gamma_ratio(double x, double delta) {
    if (!(x > 0) || !(x + delta > 0) || std::isinf(x) || std::isinf(delta)) return notANumber;
    return guarded([=] { return math::tgamma_delta_ratio(x, delta, policy()); });
}
