/// The digits of numbers in text.
enum DigitsSetting {
    /// So many digits, or all if the result is nil.
    static func digits(_ text: String?) throws(Failure) -> Int? {
        guard let text else { return 15 }
        if text == "all" { return nil }
        guard let digits = Int(text), (1...17).contains(digits) else {
            throw .usage("digits are 1 to 17 or all, not '\(text)'")
        }
        return digits
    }
}
