import CalcBurst
import CalcBurstFunctions
import CalcBurstMachine

/// A part of what `inspect` shows, in the order in which it is shown.
enum InspectionPart: String, CaseIterable {
    case tree
    case checked
    case program
    case type
    case names
    case cost

    /// The part as text, without a new line at the end; nil if the expression does not get so far.
    func text(of inspection: Inspection) -> String? {
        switch self {
        case .tree: withoutLastNewLine(inspection.tree)
        case .checked: inspection.checked.map(withoutLastNewLine)
        case .program: inspection.program?.disassembly
        case .type: inspection.program?.resultType.description
        case .names: inspection.names.map(NameText.quoted).joined(separator: "\n")
        case .cost:
            inspection.program.map { program in
                program.cost.map(String.init) ?? "depends on lengths"
            }
        }
    }

    private func withoutLastNewLine(_ text: String) -> String {
        text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
