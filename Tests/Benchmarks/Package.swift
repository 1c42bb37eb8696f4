// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "calcburst-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "calcburst", path: "../..", traits: [])
    ],
    targets: [
        // The peer that we are measured against: muParser, from Debian's libmuparser-dev.
        .target(name: "CMuParser", linkerSettings: [.linkedLibrary("muparser")]),
        .executableTarget(
            name: "calcburst-bench",
            dependencies: ["CMuParser", .product(name: "CalcBurst", package: "calcburst")],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
