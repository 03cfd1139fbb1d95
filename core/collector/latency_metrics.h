#pragma once
// The figures of a histogram as frames and histories tell them.
// Threads: pure.

#include <fusebox/domain/circuit_metrics.h>
#include <fusebox/latency/histogram.h>

namespace fusebox::collector {

[[nodiscard]] domain::LatencyMetrics metricsOf(const latency::Histogram& histogram);

}  // namespace fusebox::collector
