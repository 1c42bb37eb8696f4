#if Plugins
import CalcBurstFunctions
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A plugin in a process of its own, which is started again when it fails, but not for ever.
///
/// Calls take turns. Whatever the process does, a call ends in time and with a value of the promised
/// type or with a fault.
package final class HelperProcess: Sendable {
    /// What the plugin is called: as its file, and once it is loaded as it calls itself.
    package var plugin: String { name.withLock { $0 } }
    private let name: Mutex<String>
    private let load: HelperLoad
    private let program: HelperProgram
    private let limits: IsolationLimits
    private let state = Mutex(State())

    private struct State: Sendable {
        var connection: HelperConnection?
        var history = FailureHistory()
        /// What the first one said; those after it must say the same.
        var report: HelperReport?
        var isStopped = false
    }

    /// Nothing is started yet.
    package init(
        plugin: String,
        path: String,
        folders: [String],
        program: HelperProgram,
        limits: IsolationLimits
    ) {
        name = Mutex(plugin)
        self.program = program
        self.limits = limits
        load = HelperLoad(
            path: path,
            folders: folders,
            memory: limits.memory,
            processorSeconds: limits.processorSeconds,
            openFiles: limits.openFiles
        )
    }

    deinit { stop() }

    /// The number of the process; nil while none runs.
    package var identifier: Int32? { state.withLock { $0.connection?.identifier } }

    /// Ends the process; no call starts it again.
    package func stop() {
        state.withLock { state in
            state.isStopped = true
            state.connection?.dismiss()
            state.connection = nil
        }
    }

    /// Starts the process for the first time.
    func begin() throws(PluginError) -> HelperReport {
        try state.withLock { state throws(PluginError) in
            let report = try start(&state)
            state.report = report
            name.withLock { $0 = report.name }
            return report
        }
    }

    /// Loads the plugin in a new process.
    private func start(
        _ state: inout State,
        look: () throws(Fault) -> Void = {}
    ) throws(PluginError) -> HelperReport {
        var connection = try HelperConnection(program, sharedMemory: limits.sharedMemory)
        let refusal: PluginError
        do throws(HelperConnection.Failure) {
            let answer = try connection.ask(
                .load(load),
                within: limits.start,
                most: IsolationLimits.description,
                look: look
            )
            switch try read(answer, connection.space, ValueBounds(bytes: 0, elements: 0)) {
            case .ready(let report):
                state.connection = connection
                return report
            case .refused(let error): refusal = error
            case .value, .fault: throw .rubbish("something else than what it has")
            }
            _ = connection.end()
        } catch {
            let what = words(of: error, &connection, within: limits.start)
            refusal = PluginError(.helperFailed, plugin, "while it was loaded, it \(what)")
        }
        throw refusal
    }

    /// Asks one thing, starting the process if need be.
    func ask(
        _ request: (CallBounds) -> HelperRequest,
        _ expected: Expected,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        var pause: Duration = .microseconds(20)
        while true {
            // The turn is taken in small waits, so that who waits can still be cancelled.
            let value = try state.withLockIfAvailable { state throws(Fault) in
                try ask(request, expected, &meter, &state)
            }
            if let value { return value }
            try meter.look()
            Self.rest(pause)
            pause = min(pause * 2, .milliseconds(2))
        }
    }

    private func ask(
        _ request: (CallBounds) -> HelperRequest,
        _ expected: Expected,
        _ meter: inout Meter,
        _ state: inout State
    ) throws(Fault) -> Value {
        let bounds = CallBounds(
            stringLength: min(meter.limits.stringLength, limits.stringLength),
            listLength: meter.limits.listLength
        )
        try restart(&state, &meter)
        guard var connection = state.connection else { throw failed("does not run") }
        let time = limits.time(rows: expected.rows ?? 0)
        let most = expected.bound(bounds)
        let answer: HelperAnswer
        var isWorn = false
        do throws(HelperConnection.Failure) {
            let received = try connection.ask(request(bounds), within: time, most: most.frame) {
                () throws(Fault) in try meter.look()
            }
            isWorn = received.isWorn
            answer = try read(received, connection.space, most.values)
            if case .value(let value) = answer, !expected.takes(value) {
                throw .rubbish("something that is no \(expected.type.rawValue)")
            }
        } catch {
            state.connection = nil
            let what = words(of: error, &connection, within: time)
            if case .stopped(let fault) = error { throw fault }
            state.history.add(limits)
            throw failed(what)
        }
        state.connection = connection
        if isWorn {
            state.connection?.dismiss()
            state.connection = nil
        }
        switch answer {
        case .value(let value): return value
        case .fault(let fault): throw known(fault, bounds, meter.limits)
        case .ready, .refused: throw failed("answered something else than what it was asked")
        }
    }

    /// Starts the process again if it does not run, after a pause, unless it has failed too often.
    private func restart(_ state: inout State, _ meter: inout Meter) throws(Fault) {
        guard state.connection == nil else { return }
        guard !state.isStopped else { throw failed("is stopped") }
        if state.history.isResting {
            throw failed(
                "failed \(limits.failures) times in a short time, and is left alone for a while"
            )
        }
        while let wait = state.history.pause(limits) {
            try meter.look()
            Self.rest(min(wait, .milliseconds(20)))
        }
        var stopped: Fault?
        var report: HelperReport?
        var reason = "gives other operations than before"
        do throws(PluginError) {
            report = try start(&state) { () throws(Fault) in
                do throws(Fault) {
                    try meter.look()
                } catch {
                    stopped = error
                    throw error
                }
            }
        } catch {
            if let stopped { throw stopped }
            reason = "cannot be started again: \(error.message)"
        }
        // A plugin that gives other operations than before cannot be called by their numbers.
        guard report == state.report else {
            _ = state.connection?.end()
            state.connection = nil
            state.history.add(limits)
            throw failed(reason)
        }
    }

    private func read(
        _ answer: HelperConnection.Answer,
        _ space: SharedSpace,
        _ bounds: ValueBounds
    ) throws(HelperConnection.Failure) -> HelperAnswer {
        do throws(Rubbish) {
            return try HelperAnswer(
                kind: answer.kind,
                answer.body,
                space,
                bounds,
                plugin: plugin
            )
        } catch {
            throw .rubbish(error.what)
        }
    }

    /// Ends the process and says what it did, for a sentence that begins with the plugin's name.
    private func words(
        of failure: HelperConnection.Failure,
        _ connection: inout HelperConnection,
        within time: Duration
    ) -> String {
        let what: String
        switch failure {
        case .ended:
            // Who closes the pipe without ending is ended.
            let end = connection.end(after: 100)
            what = end == "was killed" ? "closed its pipes" : end
        case .late:
            _ = connection.end()
            what = "did not answer within \(time.milliseconds) ms"
        case .rubbish(let rubbish):
            _ = connection.end()
            what = "answered with \(rubbish)"
        case .stopped:
            _ = connection.end()
            what = "was not waited for"
        }
        guard let last = PlainText.lastWords(connection.output) else { return what }
        return "\(what); it printed last: \(last)"
    }

    private func failed(_ what: String) -> Fault { .pluginFailed(plugin: plugin, what) }

    /// A fault that the helper told, with the numbers of the limits that hold here.
    private func known(_ fault: Fault, _ bounds: CallBounds, _ limits: RunLimits) -> Fault {
        switch fault {
        case .limit(let limit):
            switch limit.name {
            case "string-length": .limit(.init(limit.name, bounds.stringLength))
            case "list-length": .limit(.init(limit.name, bounds.listLength))
            case "memory": .limit(.init(limit.name, limits.memory))
            case _: failed("met a limit that it does not have")
            }
        case .cancelled: failed("says that it was cancelled, which it was not")
        case .inElement(let row, let fault): .inElement(row, known(fault, bounds, limits))
        case .divisionByZero, .domain, .overflow, .nonFiniteResult, .indexOutOfRange, .emptyList,
            .lengthMismatch, .invalidNumber, .noConvergence, .pluginFailed:
            fault
        }
    }

    private static func rest(_ time: Duration) {
        let (seconds, attoseconds) = time.components
        var span = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        unsafe nanosleep(&span, nil)
    }
}
#endif
