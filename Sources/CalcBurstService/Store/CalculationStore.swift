/// Where calculations are kept.
///
/// A store keeps what it has acknowledged, through a crash and a loss of power, and says so when it
/// cannot. Every store passes `StoreContract` in `Tests/Support`.
public protocol CalculationStore: Sendable {
    /// The kind of store, as metrics and `/ready` name it: `sqlite`, `dynamodb`, `memory`.
    var backend: String { get }

    /// Does what is asked. Nothing is thrown: a failure is an outcome.
    func perform(_ request: StoreRequest) async -> StoreOutcome
}

/// What the API asks of a store; `now` decides what has expired.
public enum StoreRequest: Sendable {
    /// Keeps each calculation whose id is not yet taken by one that has not expired.
    case insert([Calculation], now: Timestamp)
    case find(id: String, now: Timestamp)
    case list(CalculationQuery, now: Timestamp)
    /// Whether the store can serve: it reads something small.
    case check

    /// The word of metrics for it.
    public var name: String {
        switch self {
        case .insert: "insert"
        case .find: "find"
        case .list: "list"
        case .check: "check"
        }
    }
}

/// What a store answers, in the shape of the question.
public enum StoreOutcome: Sendable {
    /// For each calculation, in order, what became of it.
    case inserted([Insertion])
    /// The calculation of the id; nil if there is none.
    case found(Calculation?)
    case page(CalculationPage)
    case ready
    /// Nothing was done, or nobody knows whether it was.
    case failed(StoreError)

    public enum Insertion: Sendable {
        /// It is kept, durably.
        case stored
        /// The id was taken; this is what is kept under it.
        case taken(Calculation)
        case failed(StoreError)
    }
}

/// Which calculations to list, and in which order: by time, then by id.
public struct CalculationQuery: Hashable, Sendable {
    /// The first moment that counts.
    public var from: Timestamp
    /// The first moment that counts no more.
    public var to: Timestamp
    /// The name of the operation, or nil for everything; expressions have none.
    public var operation: String?
    /// Whether the newest come first.
    public var isDescending: Bool
    /// The most on one page.
    public var limit: Int
    /// The last one of the page before; nil for the first page.
    public var after: Position?

    /// The place of a calculation in the order of time and id.
    public struct Position: Hashable, Sendable {
        public var time: Timestamp
        public var id: String

        public init(time: Timestamp, id: String) {
            self.time = time
            self.id = id
        }
    }

    public init(
        from: Timestamp,
        to: Timestamp,
        operation: String? = nil,
        isDescending: Bool = true,
        limit: Int = 50,
        after: Position? = nil
    ) {
        self.from = from
        self.to = to
        self.operation = operation
        self.isDescending = isDescending
        self.limit = limit
        self.after = after
    }
}

/// A part of a list.
public struct CalculationPage: Hashable, Sendable {
    public var calculations: [Calculation]
    /// Whether more follow.
    public var hasMore: Bool

    public init(calculations: [Calculation], hasMore: Bool) {
        self.calculations = calculations
        self.hasMore = hasMore
    }
}
