#if Server
import CalcBurstService
import Logging

/// Listening, serving and ending.
extension HTTPServer {
    /// Serves until `stop` returns, then ends.
    func serve(
        until stop: @escaping @Sendable () async -> Void,
        onListening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let limits = configuration.limits
        let evaluations = EvaluationPool(
            threads: limits.evaluations,
            queue: limits.queuedEvaluations
        )
        let documents = EvaluationPool(threads: 2, queue: .max / 2)
        let connections = OpenConnections()
        let result: Result<Void, ServerError>
        do throws(ServerError) {
            let listeners = try await listen(channel(evaluations, documents, connections))
            await onListening(listeners.first?.port ?? configuration.port)
            result = await wait(for: listeners, stop)
            await end(listeners, connections)
        } catch {
            result = .failure(error)
        }
        await evaluations.shutDown()
        await documents.shutDown()
        try result.get()
    }

    private func channel(
        _ evaluations: EvaluationPool,
        _ documents: EvaluationPool,
        _ connections: OpenConnections
    ) -> CalculationChannel {
        let journal = Journal(metrics: api.metrics, logger: logger)
        let responder = CalculationResponder(
            api: api,
            store: store,
            journal: journal,
            evaluations: evaluations,
            documents: documents
        )
        return CalculationChannel(
            responder: { request, writer, _ in try await responder.respond(to: request, writer) },
            rules: RequestRules(
                api: api,
                limits: configuration.limits,
                host: HostCheck(configuration)
            ),
            journal: journal,
            date: HTTPDate(now: api.configuration.now),
            connections: connections
        )
    }

    private func listen(_ channel: CalculationChannel) async throws(ServerError) -> [Listener] {
        // The library's own lines are about itself.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        guard configuration.host.lowercased() == "localhost" else {
            return [
                try await .start(
                    channel,
                    host: configuration.host,
                    port: configuration.port,
                    logger: quiet
                )
            ]
        }
        let first = try await Listener.start(
            channel,
            host: "127.0.0.1",
            port: configuration.port,
            logger: quiet
        )
        do throws(ServerError) {
            return [
                first,
                try await .start(channel, host: "::1", port: first.port, logger: quiet),
            ]
        } catch {
            // Many machines have no IPv6; clients then find the other address.
            logger.info("not listening on ::1", metadata: ["reason": "\(error)"])
            return [first]
        }
    }

    /// Waits until it is told to stop, or until there is nothing to wait for.
    private func wait(
        for listeners: [Listener],
        _ stop: @escaping @Sendable () async -> Void
    ) async -> Result<Void, ServerError> {
        let failure = await Race.first(
            {
                await stop()
                return String?.none
            },
            {
                await Race.first(
                    { await listeners.first?.failure() ?? "" },
                    { await listeners.last?.failure() ?? "" }
                )
            }
        )
        if case let reason?? = failure { return .failure(.stopped(reason: reason)) }
        return .success(())
    }

    /// Lets requests under way end; closes what is left when the time is nearly over.
    private func end(_ listeners: [Listener], _ connections: OpenConnections) async {
        logger.info("ending")
        let time = configuration.limits.drainTime
        let spare = min(time / 10, .milliseconds(500))
        let ending = Task {
            for listener in listeners { await listener.end() }
        }
        let isEnded = await Race.first(
            {
                await ending.value
                return true
            },
            {
                try? await ContinuousClock().sleep(for: time - spare)
                return false
            }
        )
        guard isEnded != true else { return }
        logger.warning("connections are closed that did not end in time")
        connections.close()
        // Whoever still waits for the store is not waited for.
        _ = await Race.first(
            { await ending.value },
            { try? await ContinuousClock().sleep(for: spare) }
        )
    }
}
#endif
