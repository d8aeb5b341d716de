import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// ClinicalTrials.gov's API on this machine: pages of invented studies, with tokens that it forgets when told to.
package final class TrialsService: Sendable {
    package enum Fault: Sendable {
        case status(Int, String)
        case truncated
        /// Counts one study more than there are.
        case countTooHigh
        /// Hands out the first study of a page twice instead of the last.
        case shifted
    }

    private struct State: Sendable {
        var studies: Int
        var generation = 1
        var faults: [Fault] = []
        var log: [[String: String]] = []
    }

    private let server: HTTPServer
    private let state: Mutex<State>
    private let running: Mutex<(task: Task<Void, any Error>, port: UInt16)?> = Mutex(nil)

    package var endpoint: String { "http://127.0.0.1:\(running.withLock { $0?.port ?? 0 })/api/v2" }
    /// The parameters of each request.
    package var log: [[String: String]] { state.withLock { $0.log } }

    package func forgetLog() { state.withLock { $0.log = [] } }
    package func add(studies: Int) { state.withLock { $0.studies += studies } }
    package func then(_ faults: Fault...) { state.withLock { $0.faults += faults } }
    /// Tokens given so far are refused from now on.
    package func forgetTokens() { state.withLock { $0.generation += 1 } }

    package static func start(studies: Int) async throws -> TrialsService {
        let service = TrialsService(studies)
        await service.server.appendRoute("*") { [weak service] request in
            service?.answer(request) ?? HTTPResponse(statusCode: .serviceUnavailable)
        }
        let running = try await Loopback.start(service.server)
        service.running.withLock { $0 = running }
        return service
    }

    package func stop() { running.withLock { $0?.task.cancel() } }

    deinit { stop() }

    private init(_ studies: Int) {
        state = Mutex(State(studies: studies))
        server = HTTPServer(address: Loopback.address(0), timeout: 60, logger: .disabled)
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        var parameters: [String: String] = [:]
        for item in request.query { parameters[item.name] = item.value }
        let (studies, generation, fault) = state.withLock { state in
            state.log.append(parameters)
            let fault = state.faults.isEmpty ? nil : state.faults.removeFirst()
            return (state.studies, state.generation, fault)
        }
        if case .status(let code, let text) = fault { return response(code, "text/plain", text) }
        guard request.path == "/api/v2/studies" else { return response(404, "text/plain", "not found") }
        let size = Int(parameters["pageSize"] ?? "") ?? 10
        var start = 0
        if let token = parameters["pageToken"] {
            let parts = token.split(separator: "-").compactMap { Int($0) }
            guard parts.count == 2, parts[0] == generation else {
                return response(400, "text/plain", "`pageToken` parameter has incorrect format")
            }
            start = parts[1]
        }
        var numbers = Array(start..<min(studies, start + size))
        if case .shifted = fault, numbers.count > 1 { numbers[numbers.count - 1] = numbers[0] }
        var count = studies
        if case .countTooHigh = fault { count += 1 }
        var body = "{\"totalCount\":\(count),\"studies\":[" + numbers.map(study).joined(separator: ",") + "]"
        if start + size < studies { body += ",\"nextPageToken\":\"\(generation)-\(start + size)\"" }
        body += "}"
        if case .truncated = fault { body.removeLast(body.count / 2) }
        return response(200, "application/json", body)
    }

    private func study(_ number: Int) -> String {
        let id = "NCT" + String(90_000_000 + number)
        return """
            {"protocolSection":{"identificationModule":{"nctId":"\(id)","briefTitle":"Short title \(number)",\
            "officialTitle":"Intravenous  Ketamine\\nNumber \(number)","secondaryIdInfos":[{"id":"2012-001234-10",\
            "type":"EUDRACT_NUMBER"}]},"statusModule":{"overallStatus":"COMPLETED","startDateStruct":{"date":"2012-03"},\
            "studyFirstPostDateStruct":{"date":"2011-12-24","type":"ACTUAL"}},"sponsorCollaboratorsModule":{"leadSponsor":\
            {"name":"Invented University"}},"descriptionModule":{"briefSummary":"One infusion of 0.5 mg/kg."},\
            "conditionsModule":{"conditions":["Depression"],"keywords":["TRD"]},"designModule":{"studyType":\
            "INTERVENTIONAL","phases":["PHASE2"],"designInfo":{"allocation":"RANDOMIZED","maskingInfo":{"masking":"DOUBLE"}},\
            "enrollmentInfo":{"count":40,"type":"ACTUAL"}},"armsInterventionsModule":{"armGroups":[{"label":"Ketamine",\
            "type":"EXPERIMENTAL","description":"once"},{"label":"Saline"}]},"eligibilityModule":{"minimumAge":"18 Years"},\
            "referencesModule":{"references":[{"pmid":"90000001","type":"RESULT","citation":"A B. 2013"}]}},\
            "hasResults":false}
            """
    }

    private func response(_ status: Int, _ type: String, _ body: String) -> HTTPResponse {
        HTTPResponse(
            statusCode: HTTPStatusCode(status, phrase: "Status"), headers: [.contentType: type], body: Data(body.utf8))
    }
}
