-- What wrk sends, and what it says at the end for service.py to read.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"operation": "add", "operands": [10, 20, 30]}'

function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format(
        "SEEN %d %d %d %d %d\n", summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
