import CalcBurst
import Synchronization

/// Runs a line of a session on another thread, so that Ctrl-C can stop it.
enum BackgroundEvaluation {
    typealias Outcome = Result<(session: Session, entry: Session.Entry), CalculationError>

    /// The outcome, where the thread that waits can find it.
    private final class Box: Sendable {
        let outcome = Mutex<Outcome?>(nil)
    }

    /// Enters a line; nil if there are no descriptors left to wait with.
    static func enter(
        _ line: String,
        in session: Session,
        stoppedBy interrupts: Interrupts
    ) -> Outcome? {
        guard let (reader, writer) = Interrupts.makePipe() else { return nil }
        defer {
            System.closeFile(reader)
            System.closeFile(writer)
        }
        let box = Box()
        let task = Task.detached {
            var session = session
            let outcome: Outcome
            do throws(CalculationError) {
                let entry = try session.enter(line)
                outcome = .success((session, entry))
            } catch {
                outcome = .failure(error)
            }
            box.outcome.withLock { $0 = outcome }
            Interrupts.wake(writer)
        }
        while true {
            let ready = System.wait(for: [
                .init(reader, toWrite: false), .init(interrupts.descriptor, toWrite: false),
            ])
            if ready[0] { break }
            if ready[1] {
                interrupts.clear()
                task.cancel()
            }
        }
        return box.outcome.withLock { $0 }
    }
}
