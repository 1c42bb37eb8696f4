/// The functions of the language: the union of the families.
///
/// To add a function, add it to its family; nothing else hears of it.
package let standardFunctions: [Function] = [
    operations, arithmeticFunctions, comparisonFunctions, logicFunctions, roundingFunctions,
    exponentialFunctions, trigonometricFunctions, reductionFunctions, statisticsFunctions,
    scanFunctions, listFunctions, sequenceFunctions, recordFunctions, stringFunctions,
    conversionFunctions, moneyFunctions, interestFunctions,
].flatMap { $0 }

/// The constants of the language; an input or a `let` of the same name hides one.
package let standardConstants: [String: Double] = [
    "pi": .pi, "tau": 2 * .pi, "e": 2.718281828459045,
]
