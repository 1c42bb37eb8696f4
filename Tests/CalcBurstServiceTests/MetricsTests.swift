import CalcBurstService
import Testing

@Suite struct MetricsTests {
    /// The samples of an exposition: what stands before the last space of a line, and the number.
    private func samples(_ metrics: ServiceMetrics) -> [String: Double] {
        var samples: [String: Double] = [:]
        for line in metrics.exposition().split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            samples[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
        return samples
    }

    private func end(
        _ metrics: ServiceMetrics,
        method: String = "POST",
        endpoint: String? = "/calculate",
        status: Int = 200,
        code: String? = nil,
        seconds: Double = 0.002
    ) {
        metrics.requestBegan()
        metrics.requestEnded(
            method: method,
            endpoint: endpoint,
            status: status,
            code: code,
            seconds: seconds
        )
    }

    @Test func eachMetricHasItsHELPAndTYPEBeforeItsSamplesAndNoNameComesTwice() {
        let metrics = ServiceMetrics()
        end(metrics)
        let lines = metrics.exposition().split(separator: "\n").map(String.init)
        for metric in Metric.allCases {
            let help = lines.indices.filter { lines[$0].hasPrefix("# HELP \(metric.rawValue) ") }
            let type = lines.firstIndex(of: "# TYPE \(metric.rawValue) \(metric.kind.rawValue)")
            #expect(help.count == 1, "\(metric.rawValue)")
            #expect(type == help.first.map { $0 + 1 }, "\(metric.rawValue)")
        }
        let keys = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ").first }
        #expect(Set(keys).count == keys.count)
    }

    @Test func closedSetsBeginAtZero() {
        let samples = samples(ServiceMetrics())
        for key in [
            #"calcburst_requests_total{endpoint="/calculate",outcome="server_error"}"#,
            #"calcburst_requests_total{endpoint="other",outcome="client_error"}"#,
            #"calcburst_errors_total{code="division-by-zero"}"#,
            #"calcburst_errors_total{code="wrong-host"}"#,
            #"calcburst_request_latency_seconds_bucket{endpoint="/v1/batch",le="+Inf"}"#,
            #"calcburst_evaluations_total{kind="operation"}"#,
            #"calcburst_limit_hits_total{limit="fuel"}"#,
            "calcburst_active_requests", "calcburst_formula_cache_hits_total",
        ] {
            #expect(samples[key] == 0, "\(key)")
        }
        #expect(samples.keys.contains { $0.hasPrefix("calcburst_build_info{version=") })
    }

    @Test func aRequestCountsOnceInEachOfItsMetrics() {
        let metrics = ServiceMetrics()
        end(metrics, status: 400, code: "division-by-zero", seconds: 0.002)
        let samples = samples(metrics)
        let expected: [String: Double] = [
            #"calcburst_requests_total{endpoint="/calculate",outcome="client_error"}"#: 1,
            #"calcburst_requests_total{endpoint="/calculate",outcome="ok"}"#: 0,
            #"calcburst_errors_total{code="division-by-zero"}"#: 1,
            #"calcburst_request_latency_seconds_bucket{endpoint="/calculate",le="0.001"}"#: 0,
            #"calcburst_request_latency_seconds_bucket{endpoint="/calculate",le="0.0025"}"#: 1,
            #"calcburst_request_latency_seconds_bucket{endpoint="/calculate",le="10.0"}"#: 1,
            #"calcburst_request_latency_seconds_bucket{endpoint="/calculate",le="+Inf"}"#: 1,
            #"calcburst_request_latency_seconds_count{endpoint="/calculate"}"#: 1,
            #"calcburst_request_latency_seconds_sum{endpoint="/calculate"}"#: 0.002,
            "calcburst_active_requests": 0,
        ]
        for (key, value) in expected { #expect(samples[key] == value, "\(key)") }
        let server =
            #"http_server_request_duration_seconds_count{http_request_method="POST","#
            + #"http_route="/calculate",http_response_status_code="400"}"#
        #expect(samples[server] == 1)
    }

    @Test func wordsOfRequestsMakeNoSeries() {
        let metrics = ServiceMetrics()
        end(metrics, method: "GET")
        let before = samples(metrics).count
        for number in 0..<1000 {
            end(
                metrics,
                method: "BREW\(number)",
                endpoint: "/v1/\(number)",
                status: 400,
                code: "code-\(number)"
            )
            metrics.metLimit("limit-\(number)")
        }
        let samples = samples(metrics)
        // One more histogram: unknown method, unknown route, 400.
        #expect(samples.count == before + Metric.serverRequestDuration.buckets.count + 3)
        #expect(samples[#"calcburst_errors_total{code="other"}"#] == 1000)
        #expect(samples[#"calcburst_limit_hits_total{limit="other"}"#] == 1000)
        let other = #"calcburst_requests_total{endpoint="other",outcome="client_error"}"#
        #expect(samples[other] == 1000)
    }

    @Test func eachOperationOfAStoreThatWasUsedHasSeriesAndFailuresAreCounted() {
        let metrics = ServiceMetrics()
        metrics.storePerformed(.check, backend: "memory", outcome: .ready, seconds: 0.5)
        metrics.storePerformed(
            .insert([], now: Timestamp(milliseconds: 0)),
            backend: "memory",
            outcome: .inserted([.stored, .failed(StoreError(.full, "no room"))]),
            seconds: 0.5
        )
        metrics.storePerformed(
            .find(id: "a", now: Timestamp(milliseconds: 0)),
            backend: "memory",
            outcome: .failed(StoreError(.busy, "busy")),
            seconds: 0.5
        )
        let samples = samples(metrics)
        for (operation, failures) in [("check", 0.0), ("insert", 1), ("find", 1), ("list", 0)] {
            let labels = #"{backend="memory",operation="\#(operation)"}"#
            #expect(samples["calcburst_store_errors_total\(labels)"] == failures, "\(operation)")
            let count = samples["calcburst_store_operation_duration_seconds_count\(labels)"]
            #expect(count == (operation == "list" ? 0 : 1), "\(operation)")
        }
        #expect(!samples.keys.contains { $0.contains("sqlite") })
    }

    @Test func timesThatAreNoTimesStopNothing() {
        let metrics = ServiceMetrics()
        let times = [
            Double.nan, .infinity, -.infinity, -1, 1e300, 0, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude,
        ]
        for time in times { metrics.compiled(seconds: time) }
        #expect(samples(metrics)["calcburst_compile_duration_seconds_count"] == Double(times.count))
    }

    @Test func nothingIsLostWhenManyThreadsCount() async {
        let metrics = ServiceMetrics()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<2000 { end(metrics, seconds: 0.25) } }
            }
        }
        let samples = samples(metrics)
        #expect(samples[#"calcburst_requests_total{endpoint="/calculate",outcome="ok"}"#] == 16_000)
        let sum = samples[#"calcburst_request_latency_seconds_sum{endpoint="/calculate"}"#]
        #expect(sum == 4_000)
        #expect(samples["calcburst_active_requests"] == 0)
    }
}
