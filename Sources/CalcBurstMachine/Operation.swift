package import CalcBurstFunctions

/// One step on strings, lists, records and optionals, which stand in reference slots `R`.
///
/// Operations are called once per list or value, never per element, so they may be rich: the hot
/// loop sees only their number.
package enum Operation: Sendable {
    // Between the accumulator and the references
    /// `R[slot]` = A, as a number or a truth value; A must be finite.
    case box(Int, isBool: Bool)
    /// A = `R[slot]`.
    case unbox(Int)
    case copy(from: Int, to: Int)
    /// A = 1 if `R[slot]` is null, else 0.
    case isNull(Int)

    // Calls
    case call(CallSite, to: Destination)
    /// Element by element; the lanes that the mask does not select are left out.
    case lift(CallSite, mask: Int?, to: Int)

    // Making and taking apart
    case list(Range<Int>, to: Int)
    case record(Record.Shape, Range<Int>, to: Int)
    case field(String, levels: Int, from: Int, to: Destination)
    /// The element at A.
    case index(Int, to: Destination)
    /// A must be a whole number.
    case position
    /// From and to the positions in slots of the frame.
    case slice(Int, start: Int?, end: Int?, to: Int)
    case filter(Int, mask: Int, to: Int)

    // Bodies: a loop has a list, a position and the results so far
    case beginMap(loop: Int, list: Int)
    /// A = 1 and the next element is in its slot, or A = 0 if there is none.
    case nextElement(loop: Int, to: Destination)
    /// Adds A, or a reference, to the results.
    case append(loop: Int, Source)
    case endMap(loop: Int, to: Int)

    // Lane by lane
    /// The lanes of a mask that are also lanes of the mask around it.
    case lanes(of: Int, Selection, within: Int?, to: Int)
    /// A = 1 if the mask selects a lane; else A = 0 and `R[to]` = null, for nobody will look at it.
    case anyLane(of: Int, to: Int)
    case maskedAnd(Int, Int, to: Int)
    case maskedOr(Int, Int, to: Int)
    case select(Int, Int, Int, to: Int)
    case fillNulls(Int, Int, to: Int)

    /// Where a result goes.
    package enum Destination: Hashable, Sendable {
        case accumulator
        /// A slot of the frame; for the element of a body.
        case slot(Int)
        case reference(Int)
    }

    /// Where a result of a body comes from.
    package enum Source: Hashable, Sendable {
        case number
        case bool
        case reference(Int)
    }

    /// Which lanes of a mask are meant.
    package enum Selection: Hashable, Sendable {
        case whereTrue
        case whereFalse
        case whereNull
    }

    /// What a call runs, and where its operands stand side by side.
    package struct CallSite: Sendable {
        package let function: String
        package let overload: Overload
        package let operands: Range<Int>
        package let excess: [Int]

        package init(function: String, overload: Overload, operands: Range<Int>, excess: [Int]) {
            self.function = function
            self.overload = overload
            self.operands = operands
            self.excess = excess
        }
    }
}
