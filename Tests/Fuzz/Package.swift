// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// libFuzzer brings `main`, so the programs are parsed as libraries. `run.sh` gives the other flags.
let program: [SwiftSetting] = settings + [.unsafeFlags(["-parse-as-library"])]

let package = Package(
    name: "calcburst-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "calcburst", path: "../..", traits: [])
    ],
    targets: [
        .target(
            name: "FuzzSubject",
            dependencies: [.product(name: "CalcBurst", package: "calcburst")],
            swiftSettings: settings
        ),
        .executableTarget(name: "fuzz-text", dependencies: ["FuzzSubject"], swiftSettings: program),
        .executableTarget(
            name: "fuzz-grammar",
            dependencies: ["FuzzSubject"],
            swiftSettings: program
        ),
        .executableTarget(name: "fuzz-json", dependencies: ["FuzzSubject"], swiftSettings: program),
    ],
    swiftLanguageModes: [.v6]
)
