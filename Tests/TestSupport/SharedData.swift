package import Foundation
package import Testing

/// Real files that are not part of this repository: `shared/data` beside the checkout, or wherever
/// `SLUICE_SHARED_DATA` says. Tests that read them carry `.enabled(if: SharedData.isPresent, SharedData.notice)`, so
/// that they are skipped, with a message, where the folder is absent.
package enum SharedData {
    package static let notice: Comment = "needs the development data in ../shared/data (or SLUICE_SHARED_DATA)"

    package static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["SLUICE_SHARED_DATA"] { return URL(filePath: path) }
        return Checkout.root.deletingLastPathComponent().appending(path: "shared/data")
    }()

    package static let isPresent = FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path)

    /// A file or folder of the development data by its path: `ketamine/records.csv`.
    package static func url(_ path: String) -> URL { folder.appending(path: path) }

    /// Every regular file below a folder, sorted by path.
    package static func files(under path: String) -> [URL] {
        let base = url(path)
        guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: [.isRegularFileKey])
        else { return [] }
        return walk.compactMap { $0 as? URL }
            .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
            .sorted { $0.path < $1.path }
    }
}

/// This checkout, found from where this file stands.
package enum Checkout {
    package static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file or folder of the checkout: `Fixtures/iv-ketamine-trd`.
    package static func url(_ path: String) -> URL { root.appending(path: path) }
}
