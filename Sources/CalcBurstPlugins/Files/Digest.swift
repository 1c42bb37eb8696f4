#if Plugins
import Crypto

/// The SHA-256 of bytes as 64 small hexadecimal digits, by which a pinned file is known.
enum Digest {
    static func sha256(_ bytes: [UInt8]) -> String {
        var hash = SHA256()
        // The buffer is used only during the call.
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe hash.update(bufferPointer: buffer)
        }
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in hash.finalize() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func isOne(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
                    true
                default: false
                }
            }
    }
}
#endif
