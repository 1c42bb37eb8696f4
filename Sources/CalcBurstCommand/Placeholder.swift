import CalcBurst
import CalcBurstFunctions

@main enum Placeholder {
    static func main() {
        for t in CommandLine.arguments.dropFirst() {
            do throws(CalculationError) {
                print(t, "=>", ValueText.json(try Engine.standard.evaluate(t)))
            } catch { print(t, "!!", error.rendered) }
            if let p = try? Engine.standard.compile(t) { print(p.disassembly) }
        }
    }
}
