package import CalcBurstFunctions

/// What a text may name: its inputs with their types, and the functions.
package struct Environment: Sendable {
    package var library: FunctionLibrary
    /// The inputs, in the order of their slots.
    package var inputs: [(name: String, type: ValueType)]
    /// Lists and records inside each other, in values and so in types; at most 128.
    package var dataDepth = 64

    package init(library: FunctionLibrary, inputs: [(name: String, type: ValueType)] = []) {
        self.library = library
        self.inputs = inputs
    }
}
