#if Plugins
/// A call with its known answer, as a table or a manifest states it.
///
/// ```
/// example = call "==" value [ "~" tolerance ]        relative; without it the answer is exact
///         | call "fails" [ "'" code-or-text "'" ]
/// ```
///
/// The call and the value are expressions of the language.
package struct PluginExample: Hashable, Sendable {
    package var text: String
    package var call: String
    package var expectation: Expectation

    package enum Expectation: Hashable, Sendable {
        case value(String, tolerance: Double?)
        /// The code of the diagnostic, or a part of its words; nil for any failure.
        case failure(String?)
    }
}
#endif
