#if Server
import CalcBurstService
import GRDB

extension StoreError {
    /// What SQLite, or one of our own checks inside a transaction, complained about.
    init(_ error: any Error, in file: DatabaseFile) {
        if let error = error as? StoreError {
            self = error
        } else if let error = error as? DatabaseError {
            let code = error.extendedResultCode
            self.init(
                Self.reason(error.resultCode, in: file),
                "SQLite \(code.rawValue): \(error.message ?? "no message")"
            )
        } else {
            self.init(.unavailable, "\(type(of: error))")
        }
    }

    private static func reason(_ code: ResultCode, in file: DatabaseFile) -> Reason {
        switch code {
        case .SQLITE_FULL: .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
        case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
        // The shared memory beside the file and a new file meet a full disk in their own words.
        case .SQLITE_IOERR, .SQLITE_CANTOPEN: file.isOutOfRoom ? .full : .unavailable
        // The codes are SQLite's and not a closed list.
        default: .unavailable
        }
    }

    /// Whether the connection is as good as before; after anything else it is opened anew.
    var leavesConnection: Bool {
        switch reason {
        case .full, .busy: true
        case .corrupt, .newerSchema, .readOnly, .unavailable: false
        }
    }

    /// Whether stored calculations may still be read.
    var leavesReading: Bool {
        switch reason {
        case .full, .busy, .readOnly: true
        case .corrupt, .newerSchema, .unavailable: false
        }
    }
}
#endif
