// Columns are lists: operators and functions work through them element by element.
import CalcBurst

let total = try Engine.standard.compile(
    "price * quantity",
    inputs: ["price": .list(.number), "quantity": .list(.number)]
)
let prices: [Double] = [9.5, 3.25]
let quantities: [Double] = [2, 4]
print(JSON.write(try total.evaluate(["price": prices, "quantity": quantities])))

do {
    _ = try total.evaluate(["price": prices, "quantity": [2.0]])
} catch {
    print(error.rendered)
}
