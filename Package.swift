// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order of the floors, from the cellar to the roof; imports go down only.
// `Sources/README.md` draws them.

/// What every Swift target is built with.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "calcburst",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "CalcBurst", targets: ["CalcBurst"]),
        .executable(name: "calcburst", targets: ["CalcBurstCommand"]),
    ],
    traits: [
        .trait(name: "Command", description: "The command and its REPL (swift-argument-parser)."),
        .default(enabledTraits: ["Command"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        // Cellar: C that Swift cannot say as well.
        .target(name: "CKernels"),

        // Ground: texts and their diagnostics; values and functions.
        .target(name: "CalcBurstSource", swiftSettings: settings),
        .target(name: "CalcBurstFunctions", swiftSettings: settings),

        // First floor: JSON, the tree, the machine.
        .target(
            name: "CalcBurstJSON",
            dependencies: ["CalcBurstSource", "CalcBurstFunctions"],
            swiftSettings: settings
        ),
        .target(
            name: "CalcBurstSyntax",
            dependencies: ["CalcBurstSource"],
            swiftSettings: settings
        ),
        .target(
            name: "CalcBurstMachine",
            dependencies: ["CKernels", "CalcBurstSource", "CalcBurstFunctions"],
            swiftSettings: settings
        ),

        // Second floor: from the tree to the machine.
        .target(
            name: "CalcBurstCompiler",
            dependencies: [
                "CalcBurstSource", "CalcBurstFunctions", "CalcBurstSyntax", "CalcBurstMachine",
            ],
            swiftSettings: settings
        ),

        // Front door: what a host imports.
        .target(
            name: "CalcBurst",
            dependencies: [
                "CalcBurstSource", "CalcBurstFunctions", "CalcBurstJSON", "CalcBurstSyntax",
                "CalcBurstMachine", "CalcBurstCompiler",
            ],
            swiftSettings: settings
        ),

        // Roof: the command. The target is not called `calcburst`, since a file system that
        // ignores case could not hold its module beside `CalcBurst`.
        .executableTarget(
            name: "CalcBurstCommand",
            dependencies: [
                "CalcBurst", "CalcBurstSource", "CalcBurstFunctions", "CalcBurstJSON",
                "CalcBurstSyntax", "CalcBurstMachine", "CalcBurstCompiler",
                .product(
                    name: "ArgumentParser",
                    package: "swift-argument-parser",
                    condition: .when(traits: ["Command"])
                ),
            ],
            swiftSettings: settings
        ),

        // Tests. `Tests/README.md` says which folder fails for which bug.
        .target(
            name: "CalcBurstTesting",
            dependencies: [
                "CalcBurst", "CalcBurstSource", "CalcBurstFunctions", "CalcBurstJSON",
                "CalcBurstSyntax", "CalcBurstMachine", "CalcBurstCompiler",
            ],
            path: "Tests/Support",
            swiftSettings: settings
        ),
        .testTarget(
            name: "CalcBurstSourceTests",
            dependencies: ["CalcBurstSource"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CalcBurstFunctionsTests",
            dependencies: ["CalcBurstFunctions"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CalcBurstJSONTests",
            dependencies: ["CalcBurstJSON", "CalcBurstSource", "CalcBurstFunctions"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CalcBurstSyntaxTests",
            dependencies: ["CalcBurstSyntax", "CalcBurstSource", "CalcBurstTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CalcBurstTests",
            dependencies: [
                "CalcBurst", "CalcBurstTesting", "CalcBurstSource", "CalcBurstFunctions",
                "CalcBurstJSON", "CalcBurstSyntax", "CalcBurstMachine", "CalcBurstCompiler",
            ],
            swiftSettings: settings
        ),
        // Counts allocations under a malloc of the tests' own.
        .executableTarget(
            name: "AllocationProbe",
            dependencies: ["CalcBurst", "CalcBurstTesting"],
            path: "Tests/Probes/AllocationProbe",
            swiftSettings: settings
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "CalcBurst", "CalcBurstTesting", "CalcBurstSource", "CalcBurstFunctions",
                "CalcBurstSyntax", "CalcBurstMachine", "CalcBurstCompiler",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandLineTests",
            // The programs that it runs; a test bundle stands beside them.
            dependencies: [
                "CalcBurstCommand", "ExampleOneOff", "ExampleCompileOnce",
                "ExampleHostFunctions", "ExampleColumns", "ExampleCancellation",
            ],
            swiftSettings: settings
        ),

        // The programs that show how to embed the engine; `CommandLineTests` runs them.
    ]
        + ["OneOff", "CompileOnce", "HostFunctions", "Columns", "Cancellation"].map { name in
            .executableTarget(
                name: "Example\(name)",
                dependencies: ["CalcBurst"],
                path: "Tests/Examples/\(name)",
                swiftSettings: settings
            )
        },
    swiftLanguageModes: [.v6]
)
