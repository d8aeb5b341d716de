#ifndef SLUICE_CLIBXLSXWRITER_SHIM_H
#define SLUICE_CLIBXLSXWRITER_SHIM_H
#include <xlsxwriter.h>
#endif
