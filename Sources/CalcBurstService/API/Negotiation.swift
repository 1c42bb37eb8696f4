import CalcBurstFunctions

/// What a request says about media types (RFC 9110, sections 8.3 and 12.5.1).
enum Negotiation {
    /// The type of the offered ones that `Accept` likes best; the first one if it says nothing, nil
    /// if it takes none of them.
    static func best(of offered: [String], for accept: [String]) -> String? {
        let ranges = accept.flatMap { $0.split(separator: ",") }.compactMap(Range.init)
        guard !ranges.isEmpty else { return offered.first }
        var best: (type: String, quality: Double)?
        for type in offered {
            // The most exact range decides, as in "text/*;q=0.1, text/plain".
            let fitting = ranges.filter { $0.fits(type) }.max { $0.exactness < $1.exactness }
            guard let quality = fitting?.quality, quality > 0 else { continue }
            if quality > best?.quality ?? 0 { best = (type, quality) }
        }
        return best?.type
    }

    /// Whether a body of this type is JSON: `application/json`, or a type that ends in `+json`; in
    /// UTF-8 if it says in what.
    static func isJSON(_ contentType: String) -> Bool {
        let parts = contentType.split(separator: ";").map(\.trimmingSpaces)
        guard let type = parts.first?.lowercased() else { return false }
        let isJSON =
            type == "application/json"
            || (type.hasSuffix("+json") && type.split(separator: "/").count == 2)
        let isUTF8 = parts.dropFirst().allSatisfy { parameter in
            let sides = parameter.lowercased().split(separator: "=", maxSplits: 1)
            guard sides.first?.trimmingSpaces == "charset" else { return true }
            return sides.count == 2 && ["utf-8", "\"utf-8\""].contains(sides[1].trimmingSpaces)
        }
        return isJSON && isUTF8
    }

    /// One range of `Accept`, such as `text/*;q=0.5`.
    private struct Range {
        let type: String
        let subtype: String
        let quality: Double

        init?(_ text: Substring) {
            let parts = text.split(separator: ";").map(\.trimmingSpaces)
            guard let range = parts.first?.lowercased() else { return nil }
            let sides = range.split(separator: "/", omittingEmptySubsequences: false)
            guard sides.count == 2 else { return nil }
            type = String(sides[0])
            subtype = String(sides[1])
            let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
            quality = weight.flatMap { Double($0.dropFirst(2)) }.map { min(max($0, 0), 1) } ?? 1
        }

        func fits(_ mediaType: String) -> Bool {
            let sides = mediaType.split(separator: "/")
            guard sides.count == 2 else { return false }
            return (type == "*" || type == sides[0]) && (subtype == "*" || subtype == sides[1])
        }

        var exactness: Int { (type == "*" ? 0 : 1) + (subtype == "*" ? 0 : 1) }
    }
}
