import Compression
import Foundation
import RecordFormats

// What `Tests/Benchmarks/run` cannot measure from outside:
//
//   measure read FILE            reads a file on one core and writes nothing; prints what `measure run` prints
//   measure inflate FILE         inflates a file and reads nothing of it; prints the same
//   measure run COMMAND...       runs a command without its output; prints seconds, seconds of processor, MiB at most
//   measure fuzz INPUTS FILE...  damages files and reads them

// RUSAGE_SELF and RUSAGE_CHILDREN, whose types differ between systems.
let ownUsage: Int32 = 0
let childrenUsage: Int32 = -1

func peakMegabytes(_ who: Int32) -> Int {
    var usage = rusage()
    getrusage(who, &usage)
    return usage.ru_maxrss / 1024
}

func processorSeconds(_ who: Int32) -> Double {
    var usage = rusage()
    getrusage(who, &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

func report(from start: Date, _ who: Int32) {
    let seconds = Date().timeIntervalSince(start)
    print(String(format: "%.3f %.3f %d", seconds, processorSeconds(who), peakMegabytes(who)))
}

func run(_ command: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let start = Date()
    try process.run()
    process.waitUntilExit()
    report(from: start, childrenUsage)
    return process.terminationStatus
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "read" where arguments.count == 2:
    let start = Date()
    var records = 0
    try RecordReader(path: arguments[1]).read { if case .record = $0 { records += 1 } }
    report(from: start, ownUsage)
    exit(records > 0 ? 0 : 1)
case "inflate" where arguments.count == 2:
    let start = Date()
    let input = try FileInput(path: arguments[1])
    var bytes = 0
    while let piece = try input.next() { bytes += piece.count }
    report(from: start, ownUsage)
    exit(bytes > 0 ? 0 : 1)
case "run" where arguments.count > 1: exit(try run(Array(arguments.dropFirst())))
case "fuzz" where arguments.count > 1:
    exit(fuzz(inputs: Int(arguments[1]) ?? 200_000, paths: Array(arguments.dropFirst(2))) ? 0 : 1)
default:
    print("measure read FILE | measure inflate FILE | measure run COMMAND... | measure fuzz INPUTS FILE...")
    exit(64)
}
