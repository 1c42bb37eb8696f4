// Functions of the host: typed closures of any number of operands.
import CalcBurst

let rates = ["DE": 0.19, "FR": 0.2]

var engine = Engine()
try engine.register("vat", "The price with tax.") { (net: Double, rate: Double) in
    net * (1 + rate)
}
try engine.register("rate", "The tax rate of a country.", pure: false) {
    (country: String) throws -> Double in
    guard let rate = rates[country] else {
        throw Fault.domain("there is no rate for \(country)")
    }
    return rate
}

print(try engine.evaluate("round(vat(100, rate('DE')), 2)", as: Double.self))
do {
    _ = try engine.evaluate("vat(100, rate('XX'))")
} catch {
    print(error.rendered)
}
