import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSource
import Synchronization

/// Programs that were compiled lately, so that the same text with inputs of the same types is
/// compiled once.
///
/// Two generations: what is asked for moves to the young one, and when that is full it becomes the
/// old one, whose programs are forgotten. So the cache holds at most `capacity` programs, and the
/// work is the same for every look.
final class ProgramCache: Sendable {
    /// All that a program depends on; the whole text, never a hash of it alone.
    struct Key: Hashable, Sendable {
        let text: [UInt8]
        let names: [ExactText]
        let types: [ValueType]
    }

    private struct Generations {
        var young: [Key: Program] = [:]
        var old: [Key: Program] = [:]
        /// Bytes of the texts of the young ones, which programs grow with.
        var youngBytes = 0
    }

    private let generations = Mutex(Generations())
    private let capacity: Int
    private let byteCapacity: Int

    init(capacity: Int = 1_000, bytes: Int = 1 << 20) {
        self.capacity = capacity
        byteCapacity = bytes
    }

    /// How many programs it holds.
    var count: Int { generations.withLock { $0.young.count + $0.old.count } }

    /// The program of a key; nil if it is not there.
    func program(of key: Key) -> Program? {
        generations.withLock { generations in
            if let program = generations.young[key] { return program }
            guard let program = generations.old.removeValue(forKey: key) else { return nil }
            insert(program, key, &generations)
            return program
        }
    }

    func keep(_ program: Program, as key: Key) {
        generations.withLock { generations in insert(program, key, &generations) }
    }

    private func insert(_ program: Program, _ key: Key, _ generations: inout Generations) {
        if generations.young.count >= capacity / 2 || generations.youngBytes >= byteCapacity / 2 {
            generations.old = generations.young
            generations.young = [:]
            generations.youngBytes = 0
        }
        generations.youngBytes += key.text.count
        generations.young[key] = program
    }
}
