/// The statuses that the command ends with; scripts rely on them.
enum ExitStatus {
    static let done: Int32 = 0
    static let internalFailure: Int32 = 1
    /// A source failed or came back incomplete; nothing of it was kept.
    static let sourceIncomplete: Int32 = 2
    /// With `--exit-code`: records wait for a person.
    static let waiting: Int32 = 3
    static let unbalanced: Int32 = 4
    static let usage: Int32 = 64
    static let badInput: Int32 = 65
    static let noSuchFile: Int32 = 66
    static let tryLater: Int32 = 75
    static let badPipeline: Int32 = 78
}
