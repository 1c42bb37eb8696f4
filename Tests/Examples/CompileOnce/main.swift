// Compile a text once and run it for many rows, without a dictionary and without parsing.
import CalcBurst

struct Order {
    var price: Double
    var quantity: Double
}

let orders = [Order(price: 9.5, quantity: 2), Order(price: 3.25, quantity: 4)]
let lineTotal = try Engine.standard.compile(
    "price * quantity",
    inputs: ["price": .number, "quantity": .number]
)

let frame = lineTotal.makeFrame()
var total = 0.0
for order in orders {
    frame[0] = order.price
    frame[1] = order.quantity
    total += try frame.run()
}
print(total)
