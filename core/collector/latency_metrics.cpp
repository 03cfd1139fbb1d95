#include <fusebox/collector/latency_metrics.h>

namespace fusebox::collector {

domain::LatencyMetrics metricsOf(const latency::Histogram& histogram) {
    domain::LatencyMetrics metrics;
    metrics.samples = histogram.count();
    metrics.mean = histogram.mean();
    metrics.p50 = histogram.quantile(0.50);
    metrics.p95 = histogram.quantile(0.95);
    metrics.p99 = histogram.quantile(0.99);
    metrics.max = histogram.max();
    metrics.relativeError = histogram.scale().relativeError();
    return metrics;
}

}  // namespace fusebox::collector
