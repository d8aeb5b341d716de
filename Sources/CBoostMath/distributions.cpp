#include "CBoostMath.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace {
// Errors become NaN: an exception must never cross into Swift.
using policy = boost::math::policies::policy<
    boost::math::policies::domain_error<boost::math::policies::errno_on_error>,
    boost::math::policies::pole_error<boost::math::policies::errno_on_error>,
    boost::math::policies::overflow_error<boost::math::policies::errno_on_error>,
    boost::math::policies::evaluation_error<boost::math::policies::errno_on_error>>;
}

extern "C" double sluice_t_quantile(double p, double df) {
    if (!(p > 0 && p < 1) || !(df > 0)) return std::numeric_limits<double>::quiet_NaN();
    return boost::math::quantile(boost::math::students_t_distribution<double, policy>(df), p);
}
