// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// `run.sh` builds the programs: libFuzzer brings `main`, so they are parsed as libraries.
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
        .executableTarget(
            name: "fuzz-text",
            dependencies: ["FuzzSubject"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "fuzz-grammar",
            dependencies: ["FuzzSubject"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "fuzz-json",
            dependencies: ["FuzzSubject"],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)
