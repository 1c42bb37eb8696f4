/// Why a store could not do what was asked.
public struct StoreError: Error, Hashable, Sendable {
    public enum Reason: String, CaseIterable, Hashable, Sendable {
        /// There is no room left; reading goes on.
        case full
        /// Somebody else held it for too long.
        case busy
        /// What is kept has been damaged; nothing of it is served.
        case corrupt
        /// It was written by a newer CalcBurst.
        case newerSchema = "newer-schema"
        /// It can be read but not written.
        case readOnly = "read-only"
        /// Anything else: it cannot be opened or reached, or a read or a write failed.
        case unavailable
    }

    public let reason: Reason
    /// The library's own words, for the log; never user data, and never sent to a caller.
    public let detail: String

    public init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}
