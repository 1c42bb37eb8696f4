import CalcBurstFunctions

/// Percent-encoding of URLs (RFC 3986, section 2.1).
enum PercentEncoding {
    /// The text with its escapes read, `+` as it is; nil if an escape is not one, or not UTF-8.
    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var source = text.utf8.makeIterator()
        while let byte = source.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = source.next().flatMap(digit), let low = source.next().flatMap(digit)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The text with all but the unreserved characters as escapes.
    static func encoded(_ text: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexadecimal[Int(byte >> 4)])
                bytes.append(hexadecimal[Int(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// The parameters of a query, in their order, as they came.
struct QueryParameters {
    private let fields: [(name: String, raw: Substring)]

    /// Throws if a name is not well encoded.
    init(_ query: String?) throws(Problem) {
        var fields: [(name: String, raw: Substring)] = []
        for part in (query ?? "").split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(sides[0]) else {
                throw .badlyEncoded(String(sides[0]))
            }
            fields.append((name: name, raw: sides.count > 1 ? sides[1] : ""))
        }
        self.fields = fields
    }

    /// A parameter as it came, or nil if it is not there; throws if it is there twice.
    func raw(_ name: String) throws(Problem) -> Substring? {
        let found = fields.filter { $0.name.hasSameBytes(as: name) }
        guard found.count <= 1 else {
            throw .invalidParameter(name, "'\(name)' stands in the query \(found.count) times")
        }
        return found.first?.raw
    }

    /// A parameter with its escapes read; `+` stays.
    func text(_ name: String) throws(Problem) -> String? {
        guard let raw = try raw(name) else { return nil }
        guard let text = PercentEncoding.decoded(raw) else { throw .badlyEncoded(name) }
        return text
    }

    /// The parameters whose names begin so, without the beginning; in their order.
    func raw(beginningWith beginning: String) -> [(name: String, raw: Substring)] {
        fields.filter { $0.name.hasPrefix(beginning) }
            .map { (name: String($0.name.dropFirst(beginning.count)), raw: $0.raw) }
    }
}
