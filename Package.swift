// swift-tools-version: 6.2
import PackageDescription

// The house, bottom to top. An arrow (a name in `dependencies`) only ever points to a row above it;
// stages never point at each other or at the store. CONTRIBUTING.md explains each room.
let package = Package(
    name: "sluice",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "sluice", targets: ["sluice"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // C libraries: a module map and typed shims for what Swift cannot import; no logic.
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .systemLibrary(
            name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"]), .brew(["isa-l"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CLibXLSXWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
        .target(name: "CBoostMath", linkerSettings: [.linkedLibrary("m")]),

        // Values and the plainest tools.
        .target(name: "Bibliography"),
        .target(name: "Interchange"),
        .target(name: "Parallelism"),
        .target(name: "Hashing", dependencies: ["COpenSSL"]),
        .target(name: "Compression", dependencies: ["CISAL"]),

        // One C library each, behind a Swift interface.
        .target(name: "XMLReading", dependencies: ["CLibXML2"]),
        .target(name: "Transfer", dependencies: ["CLibCurl"]),
        .target(name: "Spreadsheets", dependencies: ["Interchange", "CLibXLSXWriter"]),

        // What stages are made of.
        .target(name: "Annotation", dependencies: ["Bibliography", "Interchange"]),
        .target(
            name: "RecordFormats",
            dependencies: ["Bibliography", "Interchange", "Compression", "XMLReading"]),
        .target(
            name: "Retrieval",
            dependencies: [
                "Bibliography", "Interchange", "Hashing", "Compression", "XMLReading", "Transfer",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Stages: values in, values out.
        .target(name: "Deduplication", dependencies: ["Bibliography", "Interchange", "Parallelism"]),
        .target(name: "Screening", dependencies: ["Bibliography", "Interchange", "Annotation"]),
        .target(name: "Extraction", dependencies: ["Bibliography", "Interchange", "Annotation"]),
        .target(name: "Synthesis", dependencies: ["Interchange", "CBoostMath"]),
        .target(name: "Reporting", dependencies: ["Bibliography", "Interchange"]),

        // What remembers, what runs, what is typed.
        .target(
            name: "Store",
            dependencies: ["Bibliography", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(
            name: "Pipeline",
            dependencies: [
                "Bibliography", "Interchange", "Parallelism", "Hashing", "Compression", "RecordFormats", "Retrieval",
                "Annotation", "Deduplication", "Screening", "Extraction", "Synthesis", "Reporting", "Store",
                "Spreadsheets",
                .product(name: "Yams", package: "Yams"),
            ]),
        .executableTarget(
            name: "sluice",
            dependencies: [
                "Bibliography", "Interchange", "Parallelism", "RecordFormats", "Retrieval", "Annotation",
                "Deduplication",
                "Screening", "Extraction", "Synthesis", "Reporting", "Store", "Spreadsheets", "Pipeline",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Tests mirror the sources; TestSupport is what they share.
        .target(
            name: "TestSupport",
            dependencies: [
                .product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            path: "Tests/TestSupport"),
        // Damage to files, for tests and for `measure`, which `make bench` builds and runs.
        .target(name: "Mutation", path: "Tests/Mutation"),
        .executableTarget(
            name: "measure", dependencies: ["RecordFormats", "Bibliography", "Compression", "Mutation"],
            path: "Tests/Benchmarks/Measure"),
        .testTarget(name: "BibliographyTests", dependencies: ["Bibliography"]),
        .testTarget(name: "InterchangeTests", dependencies: ["Interchange", "TestSupport"]),
        .testTarget(name: "ParallelismTests", dependencies: ["Parallelism"]),
        .testTarget(name: "CompressionTests", dependencies: ["Compression", "TestSupport"]),
        .testTarget(name: "XMLReadingTests", dependencies: ["XMLReading", "TestSupport"]),
        .testTarget(name: "TransferTests", dependencies: ["Transfer", "TestSupport"]),
        .testTarget(name: "SpreadsheetsTests", dependencies: ["Spreadsheets", "Interchange", "Compression"]),
        .testTarget(
            name: "RecordFormatsTests",
            dependencies: [
                "RecordFormats", "Bibliography", "Interchange", "Compression", "XMLReading", "CLibXML2", "TestSupport",
                "Mutation",
            ]),
        .testTarget(
            name: "RetrievalTests",
            dependencies: [
                "Retrieval", "Bibliography", "Interchange", "Hashing", "Compression", "Transfer", "TestSupport",
            ]),
        .testTarget(
            name: "AnnotationTests", dependencies: ["Annotation", "Bibliography", "Interchange", "TestSupport"]),
        .testTarget(
            name: "DeduplicationTests",
            dependencies: ["Deduplication", "RecordFormats", "Bibliography", "Interchange", "TestSupport"]),
        .testTarget(
            name: "ScreeningTests",
            dependencies: [
                "Screening", "Annotation", "Bibliography", "Interchange", "RecordFormats", "Compression", "TestSupport",
                "Mutation",
            ]),
        .testTarget(
            name: "ExtractionTests",
            dependencies: [
                "Extraction", "Annotation", "Bibliography", "Interchange", "RecordFormats", "Compression",
                "TestSupport",
            ]),
        .testTarget(name: "SynthesisTests", dependencies: ["Synthesis", "Interchange", "TestSupport"]),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Bibliography", "Interchange", "TestSupport"]),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Store", "Bibliography", .product(name: "GRDB", package: "GRDB.swift"), "TestSupport"]),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Pipeline", "Store", "Screening", "Annotation", "Extraction", "Reporting", "Retrieval", "Bibliography",
                "Interchange", "TestSupport",
            ]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "sluice", "Retrieval", "Pipeline", "Store", "Extraction", "Interchange",
                .product(name: "GRDB", package: "GRDB.swift"), "TestSupport",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// One place for every Swift target's settings.
for target in package.targets where target.type == .regular || target.type == .executable || target.type == .test {
    guard target.name != "CBoostMath" else { continue }
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
