/// A file that is read as a whole, if it is a regular one and not too large.
enum InputFile {
    /// The bytes of a file, or of standard input for `-`; at most one more than the limit.
    ///
    /// One byte too many is enough for whoever reads the text to refuse it.
    static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        if path == "-" {
            return try read(from: System.standardInput, limit: limit, name: "standard input")
        }
        let file: Int32
        do throws(System.FileProblem) {
            file = try System.openRegularFile(path).file
        } catch {
            var help: String?
            if case .isNotRegular = error { help = "- reads standard input" }
            throw Failure(.noInput, "cannot read '\(path)': \(error.reason)", help: help)
        }
        defer { System.closeFile(file) }
        return try read(from: file, limit: limit, name: "'\(path)'")
    }

    private static func read(
        from descriptor: Int32,
        limit: Int,
        name: String
    ) throws(Failure) -> [UInt8] {
        let most = limit + 1
        var bytes: [UInt8] = []
        while bytes.count < most {
            let part: [UInt8]
            do throws(System.Failure) {
                part = try System.read(
                    from: descriptor,
                    atMost: min(most - bytes.count, 256 << 10)
                )
            } catch {
                throw Failure(.noInput, "cannot read \(name): \(error.message)")
            }
            if part.isEmpty { break }
            bytes.append(contentsOf: part)
        }
        return bytes
    }
}

extension System.FileProblem {
    /// Why the file cannot be read, for people.
    var reason: String {
        switch self {
        case .failure(let failure): failure.message
        case .isDirectory: "it is a directory"
        case .isNotRegular: "it is not a regular file"
        }
    }
}
