/// The pages of all codes, longer than other files since it is one table.
extension DiagnosticCode {
    /// What the code means, with a text that gives it and the text mended.
    public var explanation: Explanation {
        switch self {
        // MARK: About the text

        case .syntaxError:
            Explanation(
                "The text is not an expression",
                [
                    "Something stands where the grammar has no place for it: an operator without an "
                        + "operand, two values without an operator between them, a bracket that "
                        + "closes nothing. The carets are under the first thing that does not fit; "
                        + "the mistake is there or just before it.",
                    "There is no implicit multiplication: write 2 * x, not 2x. One equals sign names "
                        + "a value in let; two compare.",
                ],
                example: "3 + * 4",
                mended: "3 + 4"
            )
        case .incomplete:
            Explanation(
                "The text ends too early",
                [
                    "Everything so far is right, but something is still missing at the end: an "
                        + "operand, a closing bracket or a closing quote. A program that reads line "
                        + "by line may ask for more and try again with both lines together.",
                    "Where a bracket is open, a label shows which one.",
                ],
                example: "(1 + 2",
                mended: "(1 + 2)"
            )
        case .invalidLiteral:
            Explanation(
                "A number or a text is not written properly",
                [
                    "Numbers are written as 12, 1_000, 1.5, .5, 1e-3, 0x1F, 0b101 or 0o17. A digit "
                        + "must follow the point, no zero stands in front of other digits, and "
                        + "underscores stand between digits only. A number beyond about 1.8e308 is "
                        + "refused, since it would be infinite.",
                    "Texts stand in single or double quotes on one line. The escapes are those of "
                        + "JSON, and \\' and \\u{…}.",
                ],
                example: "5. + 1",
                mended: "5.0 + 1"
            )
        case .inexactInteger:
            Explanation(
                "A whole number with more digits than a number holds",
                [
                    "Numbers are binary floating-point numbers of 64 bits. They hold every whole "
                        + "number up to 2^53 = 9007199254740992, but above that only some. A whole "
                        + "number that would be changed silently, such as a long account number, "
                        + "is refused, in an expression and in JSON.",
                    "Write a fraction, as in 9007199254740993.0, to say that rounding is meant. "
                        + "Identifiers are best kept as texts.",
                ],
                example: "9007199254740993 - 1",
                mended: "9007199254740993.0 - 1"
            )
        case .comparisonChain:
            Explanation(
                "Comparisons that do not make one chain",
                [
                    "Comparisons may follow each other if all go one way: 0 < x <= 10 asks whether "
                        + "x lies between, and each operand is evaluated once. A chain that turns "
                        + "round, or that has != or in, could be read in more than one way.",
                    "Join two comparisons with and.",
                ],
                example: "1 < 5 > 3",
                mended: "1 < 5 and 5 > 3"
            )
        case .unknownName:
            Explanation(
                "A name that nothing has",
                [
                    "There is no input, no let and no constant of this name, or, before a "
                        + "parenthesis, no function. Names are case-sensitive: Sum is not sum. "
                        + "Variables and functions are kept apart, so that an input may be called "
                        + "max.",
                    "If a name that is nearly the same exists, it is suggested.",
                ],
                example: "2 + sqt(16)",
                mended: "2 + sqrt(16)"
            )
        case .unknownField:
            Explanation(
                "A field that the record does not have",
                [
                    "The record, or every record of the list, is known to have other fields than "
                        + "this one. If a name that is nearly the same exists, it is suggested.",
                    "Where a field may be missing, write ?. in place of the point: it gives null, "
                        + "for which ?? can put something else.",
                ],
                example: "order.prise * 2",
                given: #"{"order": {"price": 9.5}}"#,
                mended: "order.price * 2"
            )
        case .duplicateName:
            Explanation(
                "One name for two things",
                [
                    "The same name is given twice where it must be unique: by two let or two fn, to "
                        + "two parameters of a function, to two fields of a record, or in one object "
                        + "of a JSON text. Which of the two is meant cannot be known."
                ],
                example: "let a = 1; let a = 2; a",
                mended: "let a = 1; let b = 2; a + b"
            )
        case .recursiveFunction:
            Explanation(
                "A function that calls itself",
                [
                    "A function may call only functions that stand before it. So every calculation "
                        + "comes to an end, and what it costs can be told beforehand.",
                    "Most repetition is over a list: sum, product, map, filter and their like take a "
                        + "body that is evaluated for each element.",
                ],
                example: "fn f(n) = n * f(n - 1); f(5)",
                mended: "fn f(n) = fact(n); f(5)"
            )
        case .wrongArgumentCount:
            Explanation(
                "Too few or too many operands",
                [
                    "The function takes another number of operands. The help line shows its "
                        + "signature; operands with = have a value of their own when they are left "
                        + "out, and ... stands for any number more."
                ],
                example: "power(2)",
                mended: "power(2, 3)"
            )
        case .typeMismatch:
            Explanation(
                "A value of another kind than is needed",
                [
                    "The operator or function does not work on values of this type. Nothing is "
                        + "converted silently: a text that looks like a number is a text.",
                    "number(…) reads a number from a text and string(…) writes one.",
                ],
                example: "'5' + 1",
                mended: "number('5') + 1"
            )
        case .mixedTypes:
            Explanation(
                "Values that have no type in common",
                [
                    "The elements of a list have one type, and so have the two answers of a choice. "
                        + "Null may be among them; a number and a text may not."
                ],
                example: "[1, 'two']",
                mended: "['1', 'two']"
            )
        case .nullValue:
            Explanation(
                "A value that may be null",
                [
                    "Null stands for a value that is not there. It comes from the data, from ?. and "
                        + "from searches such as find, and no calculation goes on with it unnoticed.",
                    "Say what to take in its place with ??, or drop the nulls of a list with "
                        + "compact.",
                ],
                example: "price * 2",
                given: #"{"price": null}"#,
                mended: "(price ?? 0) * 2"
            )
        case .unsupportedMode:
            Explanation(
                "A number mode that does not exist",
                [
                    "The mode says what numbers are. The only one is double: binary floating-point "
                        + "numbers of 64 bits."
                ],
                example: "0.1 + 0.2",
                when: "in the mode decimal",
                mended: "round(0.1 + 0.2, 2)"
            )

        // MARK: About the data

        case .malformedJSON:
            Explanation(
                "The data is not JSON",
                [
                    "The text is read by the letter of RFC 8259: no comments, no comma after the "
                        + "last element, names and texts in double quotes, no NaN and no Infinity, "
                        + "and UTF-8 without a byte order mark.",
                    "The place is counted in bytes, and a JSON pointer such as /items/3/price says "
                        + "which element it is.",
                ],
                example: "price * 2",
                given: #"{"price": 10,}"#,
                mended: "price * 2",
                mendedGiven: #"{"price": 10}"#
            )
        case .missingInput:
            Explanation(
                "An input without a value",
                [
                    "The program was compiled for an input that the data of this run does not have. "
                        + "Every declared input needs a value; one whose type ends in ? may be null, "
                        + "but must be said to be so."
                ],
                example: "price * qty",
                given: #"{"price": 10}"#,
                when: "compiled for the numbers price and qty",
                mended: "price * qty",
                mendedGiven: #"{"price": 10, "qty": 3}"#
            )
        case .nonFiniteInput:
            Explanation(
                "NaN or an infinity among the inputs",
                [
                    "A host handed over a number that is not finite. JSON cannot hold one, so it "
                        + "comes from a program, often from a division that was not checked.",
                    "Mend it where it arises, or pass null and take something else with ??.",
                ],
                example: "price * 2",
                when: "with NaN for price",
                mended: "price * 2",
                mendedGiven: #"{"price": 10}"#
            )

        // MARK: While running

        case .divisionByZero:
            Explanation(
                "Division by zero",
                [
                    "The divisor of /, %, div, rem or modulo was 0, or 0 was raised to a negative "
                        + "power. There is no infinity to answer with.",
                    "Ask before dividing, or give an answer for this case with try.",
                ],
                example: "10 / (3 - 3)",
                mended: "try(10 / (3 - 3), 0)"
            )
        case .domainError:
            Explanation(
                "An operation without an answer",
                [
                    "The function is not defined for these operands: no real number is the square "
                        + "root of -1, and 0 has no logarithm. The help line says what the function "
                        + "needs."
                ],
                example: "sqrt(-1)",
                mended: "sqrt(abs(-1))"
            )
        case .overflow:
            Explanation(
                "A result that is too large",
                [
                    "The result is finite in mathematics, but beyond about 1.8e308, the largest "
                        + "number there is. This is an error even if a later step would make it "
                        + "small again: the first place where it happens is reported.",
                    "Often the steps can be put in another order; for products of many factors, "
                        + "add their logarithms.",
                ],
                example: "10 ^ 400 / 10 ^ 399",
                mended: "10 ^ (400 - 399)"
            )
        case .nonFiniteResult:
            Explanation(
                "A function of the host gave NaN or an infinity",
                [
                    "A function that a host or a plugin added answered with a number that is not "
                        + "finite. Such a number goes nowhere, so the call fails.",
                    "The mistake is in the function; try can answer in its place.",
                ],
                example: "rate(3)",
                when: "with a plugin's function rate that gives NaN",
                mended: "try(rate(3), 0)"
            )
        case .indexOutOfRange:
            Explanation(
                "There is no such element",
                [
                    "The elements of a list are counted from 0, so that the last of three is 2; "
                        + "negative positions count from the end, and -1 is the last. A position "
                        + "must be a whole number.",
                    "A slice such as xs[1:5] takes what is there and never fails.",
                ],
                example: "[10, 20, 30][3]",
                mended: "[10, 20, 30][2]"
            )
        case .emptyList:
            Explanation(
                "An empty list has no such thing",
                [
                    "An empty list has a sum, which is 0, but no mean, no greatest and no first "
                        + "element.",
                    "Say what to answer for an empty list with try.",
                ],
                example: "mean(prices)",
                given: #"{"prices": []}"#,
                mended: "try(mean(prices), 0)"
            )
        case .lengthMismatch:
            Explanation(
                "Lists of different lengths",
                [
                    "Operators and functions work on lists element by element, so the lists must "
                        + "have one length. Nothing is repeated, stretched or cut off to make them "
                        + "fit; a single number goes with every element."
                ],
                example: "[1, 2] + [1, 2, 3]",
                mended: "[1, 2, 0] + [1, 2, 3]"
            )
        case .invalidNumber:
            Explanation(
                "A text that is not a number",
                [
                    "The text does not spell a number in the way in which the language writes them: "
                        + "no units, no separators but underscores, a point before the decimal "
                        + "places.",
                    "Mend the text with replace or trim first, or answer for it with try.",
                ],
                example: "number('12 kg')",
                mended: "number(replace('12 kg', ' kg', ''))"
            )
        case .noConvergence:
            Explanation(
                "A search that finds no answer",
                [
                    "The function looks for its answer step by step, and after as many steps as are "
                        + "allowed there is none. Often there is no answer at all: payments that "
                        + "change their sign twice may have no internal rate of return.",
                    "Where there is one, a guess that is closer may help.",
                ],
                example: "irr([100, -150, 100])",
                mended: "irr([-100, 60, 60])"
            )
        case .pluginFailed:
            Explanation(
                "A plugin failed",
                [
                    "The function comes from a plugin, and the plugin did not answer as it must: its "
                        + "process ended, or took longer than its time, or it answered with "
                        + "something that is no answer. Nothing is wrong with the text.",
                    "The finding says which plugin it was and what it did. A plugin that runs in a "
                        + "process of its own is started again by itself, and may answer the next "
                        + "time.",
                ],
                example: "fin.npv(0.1, [-100, 110])",
                when: "with a plugin that crashes",
                mended: "npv(0.1, [-100, 110])"
            )
        case .cancelled:
            Explanation(
                "The evaluation was cancelled",
                [
                    "The program that asked for the answer no longer wants it: its task was "
                        + "cancelled, or the connection was closed. Nothing is wrong with the text."
                ],
                example: "sum(range(100000))",
                when: "in a task that is cancelled",
                mended: "sum(range(100000))"
            )
        case .limitExceeded:
            Explanation(
                "A limit was met",
                [
                    "Texts, data and evaluations have limits, so that no text can take all of a "
                        + "machine. The finding names the limit and says what is allowed; "
                        + "the server lists them all at /v1/limits.",
                    "A host may lower each limit, and raise it up to its ceiling.",
                ],
                example: "sum(range(1000000000))",
                mended: "sum(range(1000))"
            )

        // MARK: Warnings

        case .redundantCoalesce:
            Explanation(
                "A value that is never null before ??",
                [
                    "What stands after ?? is used only if the value before it is null, and this one "
                        + "never is. The text runs; perhaps another value was meant.",
                    "Functions that may have no answer fail and do not give null: try is for them.",
                ],
                example: "max([1, 2]) ?? 0",
                mended: "try(max([1, 2]), 0)"
            )
        case .shadowedConstant:
            Explanation(
                "A name that hides a constant",
                [
                    "An input or a let has the name of a constant: pi, tau or e. The text runs, and "
                        + "the name stands for the value that was given to it."
                ],
                example: "let e = 3; e * 2",
                mended: "let x = 3; x * 2"
            )
        }
    }
}
