#ifndef SLUICE_CBOOSTMATH_H
#define SLUICE_CBOOSTMATH_H
#ifdef __cplusplus
extern "C" {
#endif

/// Lower-tail quantile of Student's t with `df` degrees of freedom; NaN outside 0 < p < 1 or df <= 0.
double sluice_t_quantile(double p, double df);

#ifdef __cplusplus
}
#endif
#endif
