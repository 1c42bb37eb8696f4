#if Plugins
/// Why a plugin was not loaded, or a manifest or lock file not taken: a code, the file, and words.
public struct PluginError: Error, Hashable, Sendable {
    /// The stable name of a reason; each step of loading has its own, in the order of the steps.
    public enum Code: String, CaseIterable, Hashable, Sendable {
        // May anything be loaded, and is this a file that may be?
        case off = "plugins-off"
        case unsupported = "unsupported-here"
        case invalidPath = "invalid-plugin-path"
        case notFound = "plugin-not-found"
        case outsideFolders = "outside-plugin-folders"
        case notAFile = "not-a-regular-file"
        case untrustedOwner = "untrusted-owner"
        case untrustedMode = "untrusted-mode"
        case tooLarge = "plugin-too-large"

        // What is in it? Nothing of it has run yet.
        case invalidManifest = "invalid-manifest"
        case notALibrary = "not-a-shared-library"
        case wrongMachine = "wrong-machine"
        case missingSymbol = "missing-symbol"
        case invalidLock = "invalid-lock-file"
        case notPinned = "not-pinned"
        case changed = "pin-mismatch"

        // Its code runs from here on.
        case cannotOpen = "cannot-open-library"
        case foreignSymbol = "symbol-of-another-file"
        case incompatible = "incompatible-plugin"
        case invalidOperation = "invalid-operation"
        case nameTaken = "name-taken"
        case startFailed = "plugin-start-failed"
        case changedControl = "changed-number-control"
        case exampleFailed = "example-failed"
        case helperFailed = "plugin-failed"
    }

    public let code: Code
    /// The file or the name that was asked for.
    public let plugin: String
    /// One line for people, without the file.
    public let message: String
    /// What to do about it.
    public let hint: String?

    package init(_ code: Code, _ plugin: String, _ message: String, hint: String? = nil) {
        self.code = code
        self.plugin = plugin
        self.message = message
        self.hint = hint
    }
}

extension PluginError: CustomStringConvertible {
    public var description: String {
        "\(code.rawValue): \(plugin): \(message)" + (hint.map { " (\($0))" } ?? "")
    }
}
#endif
