/// A time on the command line, in seconds.
enum SecondsSetting {
    /// The time of a text such as `10` or `0.5`: above 0 and at most a day.
    static func duration(_ text: String, of option: String) throws(Failure) -> Duration {
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, let seconds = Double(text), seconds > 0, seconds <= 86_400,
            let milliseconds = Int(exactly: (seconds * 1_000).rounded(.up))
        else {
            throw .usage("\(option) takes seconds, such as 10 or 0.5, not '\(text)'")
        }
        return .milliseconds(milliseconds)
    }
}
