// swift-tools-version: 6.2
import PackageDescription

// swift build -c release -Xswiftc -static-stdlib
let package = Package(
    name: "text-plugin",
    platforms: [.macOS(.v15)],
    products: [.library(name: "TextPlugin", type: .dynamic, targets: ["TextPlugin"])],
    dependencies: [.package(name: "calcburst", path: "../..", traits: [])],
    targets: [
        .target(
            name: "TextPlugin",
            dependencies: [.product(name: "CalcBurstPluginKit", package: "calcburst")]
        )
    ],
    swiftLanguageModes: [.v6]
)
