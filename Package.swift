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

/// Products that only the service on one machine needs.
let ifServer = TargetDependencyCondition.when(traits: ["Server"])
/// Products that only plugins need.
let ifPlugins = TargetDependencyCondition.when(traits: ["Plugins"])

let package = Package(
    name: "calcburst",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "CalcBurst", targets: ["CalcBurst"]),
        // For authors of plugins in Swift; it has nothing of the engine.
        .library(name: "CalcBurstPluginKit", targets: ["CalcBurstPluginKit"]),
        .executable(name: "calcburst", targets: ["CalcBurstCommand"]),
    ],
    traits: [
        .trait(name: "Command", description: "The command and its REPL (swift-argument-parser)."),
        .trait(
            name: "Server",
            description: "The service on one machine (Hummingbird, SQLite through GRDB)."
        ),
        .trait(
            name: "Client",
            description: "The HTTP client of `calcburst call` (libcurl's headers)."
        ),
        .trait(
            name: "Plugins",
            description: "Operations from shared libraries (libffi's header, swift-crypto)."
        ),
        .default(enabledTraits: ["Command", "Server"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    ],
    targets: [
        // Cellar: C that Swift cannot say as well.
        .target(name: "CKernels"),
        .target(
            name: "CCurl",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]
        ),
        .systemLibrary(
            name: "CFFI",
            pkgConfig: "libffi",
            providers: [.apt(["libffi-dev"]), .brew(["libffi"])]
        ),
        // The C interface of plugins: one header, which authors copy.
        .systemLibrary(name: "CCalcBurstPlugin", path: "Plugins/include"),
        .target(name: "CPluginSystem", dependencies: ["CCalcBurstPlugin"]),
        .target(
            name: "CalcBurstPluginKit",
            dependencies: ["CCalcBurstPlugin"],
            swiftSettings: settings
        ),

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

        // Service: calculations that are stored, without a transport and without a store.
        .target(
            name: "CalcBurstService",
            dependencies: [
                "CalcBurst", "CalcBurstSource", "CalcBurstFunctions", "CalcBurstJSON",
                "CalcBurstSyntax", "CalcBurstMachine", "CalcBurstCompiler",
            ],
            swiftSettings: settings
        ),
        .target(
            name: "CalcBurstPlugins",
            dependencies: [
                "CalcBurst", "CalcBurstSource", "CalcBurstFunctions", "CalcBurstJSON",
                "CalcBurstMachine", "CPluginSystem", "CCalcBurstPlugin",
                .target(name: "CFFI", condition: ifPlugins),
                .product(name: "Crypto", package: "swift-crypto", condition: ifPlugins),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "CalcBurstCurl",
            dependencies: [.target(name: "CCurl", condition: .when(traits: ["Client"]))],
            swiftSettings: settings
        ),

        // Adapters: where calculations are kept, and how requests come in.
        .target(
            name: "CalcBurstSQLite",
            dependencies: [
                "CalcBurstService", "CalcBurstFunctions", "CalcBurstJSON",
                .product(name: "GRDB", package: "GRDB.swift", condition: ifServer),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "CalcBurstServer",
            dependencies: [
                "CalcBurstService",
                .product(name: "HummingbirdCore", package: "hummingbird", condition: ifServer),
                .product(name: "NIOCore", package: "swift-nio", condition: ifServer),
                .product(name: "NIOPosix", package: "swift-nio", condition: ifServer),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: ifServer),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras", condition: ifServer),
                .product(
                    name: "NIOHTTPTypesHTTP1",
                    package: "swift-nio-extras",
                    condition: ifServer
                ),
                .product(name: "HTTPTypes", package: "swift-http-types", condition: ifServer),
                .product(name: "Logging", package: "swift-log", condition: ifServer),
            ],
            swiftSettings: settings
        ),

        // Roof: the command. The target is not called `calcburst`, since a file system that
        // ignores case could not hold its module beside `CalcBurst`.
        .executableTarget(
            name: "CalcBurstCommand",
            dependencies: [
                "CalcBurstService", "CalcBurstSQLite", "CalcBurstServer", "CalcBurstCurl",
                "CalcBurstPlugins",
                "CalcBurst", "CalcBurstSource", "CalcBurstFunctions", "CalcBurstJSON",
                "CalcBurstSyntax", "CalcBurstMachine", "CalcBurstCompiler",
                .product(
                    name: "ArgumentParser",
                    package: "swift-argument-parser",
                    condition: .when(traits: ["Command"])
                ),
                .product(name: "Logging", package: "swift-log", condition: ifServer),
            ],
            swiftSettings: settings
        ),

        // Tests. `Tests/README.md` says which folder fails for which bug.
        .target(
            name: "CalcBurstTesting",
            dependencies: [
                "CalcBurstService", "CalcBurst", "CalcBurstSource", "CalcBurstFunctions",
                "CalcBurstJSON",
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
        .testTarget(
            name: "CalcBurstServiceTests",
            dependencies: [
                "CalcBurstService", "CalcBurst", "CalcBurstTesting", "CalcBurstSource",
                "CalcBurstFunctions", "CalcBurstJSON",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CalcBurstSQLiteTests",
            dependencies: [
                "CalcBurstSQLite", "CalcBurstService", "CalcBurstTesting", "CalcBurstFunctions",
                .product(name: "GRDB", package: "GRDB.swift", condition: ifServer),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CalcBurstServerTests",
            dependencies: [
                "CalcBurstServer", "CalcBurstService", "CalcBurstTesting",
                .product(name: "Logging", package: "swift-log", condition: ifServer),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CalcBurstPluginsTests",
            dependencies: [
                "CalcBurstPlugins", "CalcBurst", "CalcBurstTesting", "CalcBurstSource",
                "CalcBurstFunctions", "CalcBurstJSON", "CalcBurstMachine", "CPluginSystem",
                "CCalcBurstPlugin",
                // What stands for the command as a helper; it stands beside the test bundle.
                "PluginHostProbe",
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "PluginHostProbe",
            dependencies: [
                "CalcBurstPlugins", "CalcBurstFunctions", "CPluginSystem", "CCalcBurstPlugin",
            ],
            path: "Tests/Probes/PluginHostProbe",
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
                // What `history` is given to read.
                "CalcBurstSQLite", "CalcBurstService", "CalcBurstFunctions",
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
