#ifndef SLUICE_CBOOSTMATH_H
#define SLUICE_CBOOSTMATH_H
#ifdef __cplusplus
extern "C" {
#endif

// Distributions of Boost.Math. Every function gives NaN where its arguments have no answer; none throws.

/// Lower-tail quantile of the standard normal distribution, 0 < p < 1.
double sluice_normal_quantile(double p);
/// Probability of a standard normal value at least as far from zero as `z`, on either side.
double sluice_normal_two_sided(double z);

/// Lower-tail quantile of Student's t with `df` > 0 degrees of freedom, 0 < p < 1.
double sluice_t_quantile(double p, double df);
/// Probability of a t value at least as far from zero as `t`, on either side.
double sluice_t_two_sided(double t, double df);

/// Probability of a chi-squared value with `df` > 0 degrees of freedom of at least `x`.
double sluice_chi_squared_upper(double x, double df);
/// Lower-tail quantile of the chi-squared distribution with `df` > 0 degrees of freedom, 0 < p < 1.
double sluice_chi_squared_quantile(double p, double df);

/// Lower-tail quantile of the beta distribution with parameters `a`, `b` > 0, 0 <= p <= 1.
double sluice_beta_quantile(double p, double a, double b);

/// gamma(x) / gamma(x + delta), without overflow for large arguments.
double sluice_gamma_ratio(double x, double delta);

#ifdef __cplusplus
}
#endif
#endif
