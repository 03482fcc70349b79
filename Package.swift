// swift-tools-version: 6.2
import PackageDescription

let engineSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// The Swift runtime goes into the program: it starts a fifth sooner, and runs where no Swift is installed. What Foundation stands on has to be
/// named, as the other modules are compiled without knowing of it.
let staticRuntime: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-stdlib", "-lCoreFoundation", "-l_FoundationCShims", "-l_FoundationCollections", "-l_FoundationICU", "-lstdc++", "-Xlinker",
            "--no-export-dynamic",
        ],
        .when(platforms: [.linux]))
]

/// A test target per module. Fixtures are found through `#filePath`, so they are no resources.
func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: fixtures ? ["Fixtures"] : [], swiftSettings: engineSettings)
}

let package = Package(
    name: "attune",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "attune", targets: ["attune"]),
        .library(name: "AttuneEngine", targets: ["AttuneEngine"]),
        .library(name: "AttuneCore", targets: ["AttuneCore"]),
    ],
    dependencies: [
        // What each of these saves us is said in ARCHITECTURE.md, "Packages".
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // Hummingbird and async-http-client stand on these two anyway; named because we import them.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        // Rings, innermost first: arrows only point up this list.
        .target(name: "CKernels"),
        .target(name: "CTextBoundary", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
        .target(name: "AttuneEngine", dependencies: ["CKernels", "CTextBoundary"], swiftSettings: engineSettings),
        .target(name: "AttuneCore", dependencies: ["AttuneEngine", "CKernels", "CTextBoundary"], swiftSettings: engineSettings),
        .target(
            name: "AttuneConnectors",
            dependencies: [
                "AttuneCore",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: engineSettings
        ),
        .target(
            name: "AttuneStore",
            dependencies: ["AttuneCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: engineSettings
        ),
        .target(
            name: "AttuneServer",
            dependencies: [
                "AttuneConnectors", "AttuneStore",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: engineSettings
        ),
        .target(name: "CGzip", linkerSettings: [.linkedLibrary("z")]),
        .target(
            name: "AttuneCommands",
            dependencies: [
                "AttuneServer", "CGzip",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: engineSettings
        ),
        .executableTarget(name: "attune", dependencies: ["AttuneCommands"], swiftSettings: engineSettings, linkerSettings: staticRuntime),
        tests("AttuneEngineTests", ["AttuneEngine", "CKernels", "CTextBoundary"]),
        tests("AttuneCoreTests", ["AttuneCore", "AttuneEngine", "CKernels"]),
        tests(
            "AttuneConnectorsTests",
            [
                "AttuneConnectors", "AttuneEngine", .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            fixtures: true),
        tests("AttuneStoreTests", ["AttuneStore", "AttuneEngine", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("AttuneServerTests", ["AttuneServer", .product(name: "AsyncHTTPClient", package: "async-http-client")]),
        tests("AttuneCommandsTests", ["AttuneCommands"]),
        tests("PipelineTests", ["AttuneStore", "AttuneConnectors", "AttuneEngine"]),
        tests("AccuracyTests", ["AttuneCommands", "AttuneConnectors", "AttuneCore", "AttuneEngine"]),
        tests("TidyTests", ["AttuneCore"]),
    ]
)
