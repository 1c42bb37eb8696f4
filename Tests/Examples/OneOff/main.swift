// Evaluate a text once, with variables; show what is wrong with another.
import CalcBurst

let engine = Engine.standard
let hypotenuse = try engine.evaluate("sqrt(a^2 + b^2)", ["a": 3, "b": 4], as: Double.self)
print(hypotenuse)

do {
    _ = try engine.evaluate("2 + sqt(16)")
} catch {
    print(error.rendered)
}
