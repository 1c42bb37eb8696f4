import Foundation
import Testing

/// The programs that show how to embed the engine say what their comments promise.
struct ExampleProgramTests {
    /// A program and its output; the values are those of Python.
    static let programs: [(String, String)] = [
        (
            "OneOff",
            """
            5.0
            error[unknown-name]: there is no function named 'sqt'
              |
            1 | 2 + sqt(16)
              |     ^^^
              = help: did you mean 'sqrt'?

            """
        ),
        ("CompileOnce", "32.0\n"),
        (
            "HostFunctions",
            """
            119.0
            error[domain-error]: rate has no answer
              |
            1 | vat(100, rate('XX'))
              |          ^^^^^^^^^^
              = help: there is no rate for XX

            """
        ),
        (
            "Columns",
            """
            [19,13]
            error[length-mismatch]: the lists have 2 and 1 elements
              |
            1 | price * quantity
              |       ^
              = help: lists work together element by element when they are of one length

            """
        ),
        ("Cancellation", "limit-exceeded fuel\ncancelled\n"),
    ]

    @Test(arguments: programs) func saysWhatIsExpected(_ name: String, _ output: String) throws {
        let run = try ProgramRun.run(
            ProgramRun.folder.appending(path: "Example\(name)").path,
            []
        )
        #expect(run.output == output)
        #expect(run.errors == "")
        #expect(run.status == 0)
    }
}
