/// What the columns of the tables are called and mean. Names that mean the same in several tables stand once; a table
/// with a meaning of its own stands as `table/name`.
struct ColumnWords {
    var label: String
    var unit: String?
    var meaning: String

    static func of(_ column: String, in table: ReviewTable) -> ColumnWords {
        if let words = all["\(table.rawValue)/\(column)"] ?? all[column] { return words }
        return ColumnWords(label: spelledOut(column), unit: nil, meaning: "")
    }

    /// `ciLower` as `Ci lower`.
    private static func spelledOut(_ name: String) -> String {
        let spaced = name.reduce(into: "") { text, character in
            let begins = character.isUppercase && text.last?.isLowercase == true
            text += begins ? " " + character.lowercased() : String(character)
        }
        return spaced.prefix(1).uppercased() + spaced.dropFirst()
    }

    private static let all: [String: ColumnWords] = {
        var all: [String: ColumnWords] = [:]
        for (name, label, unit, meaning) in bibliographic + screening + extraction + results + exchange + rules + review
            + people
        {
            all[name] = ColumnWords(label: label, unit: unit, meaning: meaning)
        }
        return all
    }()

    private typealias Entry = (String, String, String?, String)

    private static let bibliographic: [Entry] = [
        ("id", "Record", nil, "Id of the record: its source and its number there"),
        ("record", "Record", nil, "Id of the record"),
        ("report", "Report", nil, "Id of the report: that of the record which stands for it"),
        ("records", "Records", nil, "Ids of the records that are this report"),
        ("study", "Study id", nil, "Id of the study: that of its first report"),
        ("studyLabel", "Study", nil, "First author and year of the study"),
        ("studies/label", "Study", nil, "First author and year of the study"),
        ("reports", "Reports", nil, "How many reports the study has"),
        ("reportIDs", "Report ids", nil, "Ids of the reports"),
        ("reasons", "Joined because", nil, "Why the further reports belong to the study"),
        ("firstAuthor", "First author", nil, "First author, family name and initials"),
        ("authors", "Authors", nil, "Authors, joined with a semicolon"),
        ("author", "Author", nil, "First author, as the list of known studies has it"),
        ("year", "Year", nil, "Year of publication"),
        ("title", "Title", nil, "Title of the report"),
        ("journal", "Journal", nil, "Journal"),
        ("volume", "Volume", nil, "Volume"),
        ("issue", "Issue", nil, "Issue"),
        ("pages", "Pages", nil, "Pages"),
        ("abstract", "Abstract", nil, "Abstract, the labels of its sections before them"),
        ("doi", "DOI", nil, "Digital object identifier"),
        ("pmid", "PMID", nil, "PubMed's number"),
        ("source", "Source", nil, "Id of the source in the pipeline file"),
        ("kind", "Kind", nil, "article, book, deleted or other"),
        ("links/kind", "Kind", nil, "duplicate, possibleDuplicate, related, sameStudy, possibleStudy or otherStudy"),
        ("a", "Record", nil, "One record or report of the pair"),
        ("b", "Other record", nil, "The other"),
        ("score", "Score", nil, "How sure the link is, 0 to 1"),
        ("who", "Who", nil, "Who says so"),
        ("when", "When", nil, "When it was said, as 2026-11-23"),
        ("titleA", "Title", nil, "Title of the one"),
        ("titleB", "Other title", nil, "Title of the other"),
        ("duplicate-decisions/decision", "Decision", nil, "same, different or undo; empty while it waits"),
        ("duplicate-decisions/why", "Why", nil, "Why, in the words of who says so"),
        ("duplicate-decisions/reason", "Reason", nil, "Why the rules find the two alike"),
        ("study-decisions/decision", "Decision", nil, "same, different or undo; empty while it waits"),
        ("study-decisions/why", "Why", nil, "Why, in the words of who says so"),
        ("study-decisions/reason", "Reason", nil, "What speaks for one study, and what against"),
    ]

    private static let screening: [Entry] = [
        ("state", "State", nil, "advanced, removed or pending"),
        ("known-studies/state", "State", nil, "included, excluded, waiting, not screened or not found"),
        ("reason", "Reason", nil, "Criterion that is not met, or why it waits or was removed"),
        ("links/reason", "Reason", nil, "What the two have in common"),
        ("criterion", "Criterion", nil, "The criterion's name in the flow diagram"),
        ("by", "By", nil, "rules or people"),
        ("quote", "Quote", nil, "The words that it rests on"),
        ("field", "Field", nil, "Where the words stand: field, section in brackets, bytes"),
        ("rule", "Rule", nil, "The rule that matched"),
        ("why", "Why", nil, "Why it waits, or what happened to it"),
        (
            "full-texts/state", "State", nil,
            "used, second, withheld, noBody, notSought, ambiguous, noArticle, notThere, notAsked; wanted: none was found"
        ),
        ("place", "Place", nil, "Where in a full text it stands: headings, table, row, column"),
        ("origin", "From", nil, "folder: a file beside the pipeline; pmc: PubMed Central"),
        ("full-texts/name", "Name", nil, "The file, or the PMC id"),
        ("article", "Article", nil, "Which article of the file or answer it is, from 1"),
        ("full-texts/answer", "Archived as", nil, "Digest that names its bytes in the archive"),
        ("open", "Open", nil, "Criteria on which the rules cannot decide"),
        ("found", "Found", nil, "What the rules found, criterion by criterion"),
        ("known-studies/found", "Found", nil, "yes or no: a source lists it"),
        ("decision", "Decision", nil, "include, exclude, unclear or withdrawn"),
        ("reviewer", "Reviewer", nil, "Who decides"),
        ("note", "Note", nil, "Why, in the reviewer's words"),
        ("number", "Number", nil, "Running number"),
        ("decidedAt", "Decided at", nil, "Date and time in UTC, ISO 8601"),
        ("failed", "Not met", nil, "The one criterion that is not met"),
        ("met", "Criteria met", nil, "How many of the other criteria are met"),
        ("near-misses/open", "Criteria open", nil, "How many of the other criteria are open"),
    ]

    private static let extraction: [Entry] = [
        ("values/field", "Field", nil, "Field of the extraction form"),
        ("arm", "Arm", nil, "Drug of the arm; empty for the whole study"),
        ("dose", "Dose of the arm", nil, "What tells the arm from another of the same drug"),
        ("comparator", "Compared with", nil, "Of an effect: the arm that it is held against; empty where nobody says"),
        ("outcome", "Outcome", nil, "Id of the outcome in the synthesis plan"),
        (
            "values/outcome", "Scale or outcome", nil,
            "Scale of an outcome, name of an adverse event, reason of a drop-out, or what an arm size is the number for"
        ),
        ("time", "Time", "h", "Hours from the start of the infusion"),
        ("value", "Value", nil, "The value, in the unit beside it"),
        ("unit", "Unit", nil, "Unit of the value"),
        ("text", "As printed", nil, "The value as the report prints it"),
        (
            "values/state", "State", nil,
            "extracted, accepted, corrected, added; not used: rejected, disputed, later (read after a person had spoken)"
        ),
        ("values/by", "By", nil, "Who set it; empty where no person has spoken"),
        ("extracted", "As read", nil, "What the rules read, where a person has something else"),
        ("values/decision", "Decision", nil, "For you to fill in: accept, correct, add, reject, withdraw"),
        ("key", "Key", nil, "Names the value within its report; leave it as it is"),
        ("value-decisions/field", "Field", nil, "Field of the extraction form"),
        ("value-decisions/decision", "Decision", nil, "accept, correct, add or reject"),
        (
            "value-decisions/outcome", "Scale or outcome", nil,
            "Scale of an outcome, name of an adverse event, reason of a drop-out, or what an arm size is the number for"
        ),
        ("consensus", "Consensus", nil, "yes where several reviewers agreed on it"),
        ("conflict", "Conflict", nil, "read later, no longer read, or reviewers differ"),
        ("value-conflicts/value", "Person's value", nil, "What people hold"),
        ("value-conflicts/by", "By", nil, "Who holds it"),
        ("value-conflicts/field", "Field", nil, "Field of the extraction form"),
        (
            "value-conflicts/outcome", "Scale or outcome", nil,
            "Scale of an outcome, name of an adverse event, reason of a drop-out, or what an arm size is the number for"
        ),
        ("readNow", "Read now", nil, "What the rules read now; empty where they read nothing"),
        ("first", "First extractor", nil, "One of two people who read the same reports"),
        ("second", "Second extractor", nil, "The other"),
        ("value-agreement/field", "Field", nil, "Field of the extraction form"),
        ("n", "Compared", nil, "Values of which both have spoken"),
        ("agreed", "Agreed", nil, "Values on which both say the same"),
        ("agreement", "Agreement", nil, "Share on which both say the same"),
        ("value-agreement/ciLower", "CI, lower", nil, "Lower limit of its exact 95 % interval"),
        ("value-agreement/ciUpper", "CI, upper", nil, "Upper limit"),
        ("kappa", "Kappa", nil, "Cohen's kappa, for fields with a list of words"),
        ("kappaLower", "Kappa, lower", nil, "Lower limit of its 95 % interval"),
        ("kappaUpper", "Kappa, upper", nil, "Upper limit"),
        ("ac1", "AC1", nil, "Gwet's AC1, which does not collapse where one word is rare"),
        ("meanDifference", "Mean difference", nil, "First less second, for numbers, in the field's unit"),
        ("sdDifference", "SD of differences", nil, "Standard deviation of these differences"),
        ("largestDifference", "Largest difference", nil, "Largest of them, without its sign"),
        ("evidenceField", "Stands in", nil, "title, abstract, mesh, keywords, publicationTypes or body"),
        ("section", "Section", nil, "Number of the section in that field, from 0"),
        ("start", "From byte", nil, "Where the words begin in the section, in bytes"),
        ("end", "To byte", nil, "Where they end"),
    ]

    private static let results: [Entry] = [
        ("slab", "Study", nil, "Label of the study, as metafor calls it"),
        ("ai", "Events, treatment", nil, "Treatment arm: people with the event"),
        ("bi", "No event, treatment", nil, "Treatment arm: people without the event"),
        ("ci", "Events, comparison", nil, "Comparison: people with the event"),
        ("di", "No event, comparison", nil, "Comparison: people without the event"),
        ("n1i", "N, treatment", nil, "Treatment arm: people"),
        ("n2i", "N, comparison", nil, "Comparison: people"),
        ("m1i", "Mean, treatment", nil, "Treatment arm: mean"),
        ("sd1i", "SD, treatment", nil, "Treatment arm: standard deviation"),
        ("m2i", "Mean, comparison", nil, "Comparison: mean"),
        ("sd2i", "SD, comparison", nil, "Comparison: standard deviation"),
        ("adverse-events/kind", "Kind", nil, "adverseEvent or dropout"),
        (
            "event", "Event", nil,
            "Adverse event, by a term that different wordings share; of drop-outs the reason, or any reason"
        ),
        ("printed", "As printed", nil, "The event's name as the report prints it"),
        ("arm1", "Treatment", nil, "Arms of the treatment, added up; without one, the arm that is told by itself"),
        ("arm2", "Comparison", nil, "The arm that it is compared with; a study with two has two rows"),
        ("xi", "Events", nil, "One group: people with the event"),
        ("ni", "N", nil, "One group: people"),
        ("measure", "Measure", nil, "What is pooled, by metafor's name"),
        ("method", "Method", nil, "Estimator, by metafor's name"),
        ("test", "Test", nil, "z, t or knha"),
        ("k", "Studies", nil, "Number of studies"),
        ("estimate", "Estimate", nil, "Pooled estimate: ratio, difference or proportion"),
        ("ciLower", "CI, lower", nil, "Lower limit of the confidence interval"),
        ("ciUpper", "CI, upper", nil, "Upper limit of the confidence interval"),
        ("piLower", "PI, lower", nil, "Lower limit of the prediction interval"),
        ("piUpper", "PI, upper", nil, "Upper limit of the prediction interval"),
        ("pval", "P", nil, "P value of the estimate"),
        ("tau2", "Tau squared", nil, "Variance between studies"),
        ("i2", "I squared", "%", "Share of the variance that lies between studies"),
        ("q", "Q", nil, "Cochran's Q"),
        ("qDf", "Q, df", nil, "Degrees of freedom of Q"),
        ("qPval", "Q, P", nil, "P value of Q"),
        ("estimates/title", "Outcome", nil, "Title of the outcome"),
        ("estimates/outcome", "Outcome id", nil, "Id of the outcome in the synthesis plan"),
    ]

    private static let exchange: [Entry] = [
        ("Year", "Year", nil, "Year of publication"),
        ("Char: Methods", "Methods", nil, "Design, blinding, setting, country"),
        ("Char: Participants", "Participants", nil, "Diagnosis, resistance, numbers, age, sex"),
        ("Char: Interventions", "Interventions", nil, "Doses, routes, schedules, comparators, arm sizes"),
        ("Char: Outcomes", "Outcomes", nil, "Scales and results"),
        ("Char: Notes", "Notes", nil, "All other fields of the form"),
        ("Intervention", "Intervention", nil, "Drug of the arm; set it up under this name in RevMan first"),
        ("Arm", "Arm", nil, "Drug and dose of the arm"),
        ("Description", "Description", nil, "Left to people"),
        ("Outcome", "Outcome", nil, "Outcome, scale and hours; set it up under this name in RevMan first"),
        ("Data type", "Data type", nil, "Dichotomous or Continuous"),
        ("Effect measure", "Effect measure", nil, "Of a contrast between two arms, else empty"),
        ("Reference arm", "Reference arm", nil, "Arm that a contrast is held against, else empty"),
        ("Sample size", "Sample size", nil, "People in the arm"),
        ("Cases", "Cases", nil, "People with the event"),
        ("Mean", "Mean", nil, "Mean of the arm, or difference of means of a contrast"),
        ("SD", "SD", nil, "Standard deviation of the arm"),
        ("CI level", "CI level", nil, "Level of a contrast's interval"),
        ("CI start", "CI, lower", nil, "Lower limit of a difference of means"),
        ("CI end", "CI, upper", nil, "Upper limit of a difference of means"),
        ("Exp mean", "Ratio", nil, "Ratio of a contrast, not its logarithm"),
        ("Exp CI start", "Ratio, lower", nil, "Lower limit of the ratio"),
        ("Exp CI end", "Ratio, upper", nil, "Upper limit of the ratio"),
        ("P value", "P", nil, "P of a contrast"),
        ("Footnotes", "Footnotes", nil, "The words that the numbers rest on"),
        ("Study", "Study", nil, "Label of the study"),
        ("D1", "D1", nil, "Judgement on the tool's first domain"),
        ("D2", "D2", nil, "Judgement on the second domain"),
        ("D3", "D3", nil, "Judgement on the third domain"),
        ("D4", "D4", nil, "Judgement on the fourth domain"),
        ("D5", "D5", nil, "Judgement on the fifth domain"),
        ("D6", "D6", nil, "Judgement on the sixth domain"),
        ("D7", "D7", nil, "Judgement on the seventh domain"),
        ("Overall", "Overall", nil, "Overall judgement"),
        ("label", "Study", nil, "First author and year of the study"),
        (
            "tool", "Tool", nil,
            "RoB2 (Low, Some concerns, High) or ROBINS-I (Low, Moderate, Serious, Critical, No information)"
        ),
        ("risk-of-bias/outcome", "Outcome", nil, "Id of the outcome that is judged; empty for all"),
        ("weight", "Weight", nil, "Weight in the figure; empty is 1"),
        ("risk-of-bias/who", "Who", nil, "Who judged"),
        ("risk-of-bias/when", "When", nil, "When it was judged, as 2026-11-23"),
        ("risk-of-bias/why", "Why", nil, "Support for the judgement"),
        ("Weight", "Weight", nil, "Weight that the person gave the study, else 1"),
        ("metapsy/study", "Study", nil, "Family name of the first author, year"),
        ("condition_arm1", "Condition, arm 1", nil, "Drug of the first arm"),
        ("condition_arm2", "Condition, arm 2", nil, "Drug of the second arm"),
        ("multi_arm1", "Arm 1 of several", nil, "Drug and dose of the first arm, in studies of more than two arms"),
        ("multi_arm2", "Arm 2 of several", nil, "Drug and dose of the second arm, in studies of more than two arms"),
        (
            "outcome_type", "Outcome type", nil,
            "response, remission, relapse, dropout, adverse event, msd (means) or change"
        ),
        ("instrument", "Instrument", nil, "Scale; the name of an adverse event; the reason of a drop-out"),
        (
            "metapsy/time", "Time", nil,
            "post: up to the latest time that the review pools the outcome at, else the first that the study gives; FU: later"
        ),
        ("time_weeks", "Time", "weeks", "Weeks from the start of the infusion"),
        ("rating", "Rating", nil, "clinician or self-report"),
        ("mean_arm1", "Mean, arm 1", nil, "Mean of the first arm at that time"),
        ("mean_arm2", "Mean, arm 2", nil, "Mean of the second arm at that time"),
        ("sd_arm1", "SD, arm 1", nil, "Standard deviation of the first arm"),
        ("sd_arm2", "SD, arm 2", nil, "Standard deviation of the second arm"),
        ("n_arm1", "N, arm 1", nil, "People in the first arm"),
        ("n_arm2", "N, arm 2", nil, "People in the second arm"),
        ("mean_change_arm1", "Change, arm 1", nil, "Mean change from baseline in the first arm"),
        ("mean_change_arm2", "Change, arm 2", nil, "Mean change from baseline in the second arm"),
        ("sd_change_arm1", "SD of change, arm 1", nil, "Standard deviation of the change in the first arm"),
        ("sd_change_arm2", "SD of change, arm 2", nil, "Standard deviation of the change in the second arm"),
        ("n_change_arm1", "N of change, arm 1", nil, "People in the first arm whose change was measured"),
        ("n_change_arm2", "N of change, arm 2", nil, "People in the second arm whose change was measured"),
        ("event_arm1", "Events, arm 1", nil, "People with the event in the first arm"),
        ("event_arm2", "Events, arm 2", nil, "People with the event in the second arm"),
        ("totaln_arm1", "Total, arm 1", nil, "People in the first arm"),
        ("totaln_arm2", "Total, arm 2", nil, "People in the second arm"),
        ("study_id", "Study id", nil, "Id of the study in this review"),
    ]

    private static let people: [Entry] = [
        ("waiting/stage", "Decided on", nil, "abstract (title and abstract) or fullText"),
        ("conflicts/stage", "Decided on", nil, "abstract (title and abstract) or fullText"),
        ("decisions/stage", "Decided on", nil, "abstract (title and abstract) or fullText"),
        ("agreement/stage", "Decided on", nil, "abstract (title and abstract) or fullText"),
        ("assessedOn", "Judged on", nil, "fullText where it was judged on the full text or waits for that; else empty"),
        ("role", "Role", nil, "reviewer, adjudicator (a third person) or consensus"),
        ("said", "Said", nil, "What each reviewer decided"),
        ("reviewers", "Reviewers", nil, "Two, or all of the stage"),
        ("scale", "Answers", nil, "in or out (unclear counts as in), or the three answers told apart"),
        ("agreement/reports", "Reports", nil, "Reports that they decided independently"),
        ("agreement/agreed", "Agreed", nil, "Reports on which both said the same"),
        (
            "agreement/agreement", "Agreement", nil,
            "Share on which they agree; for several, the mean share of pairs that do"
        ),
        ("agreementLower", "Agreement, lower", nil, "Lower limit, exact 95 % interval"),
        ("agreementUpper", "Agreement, upper", nil, "Upper limit"),
        ("coefficient", "Kappa of", nil, "Cohen for two, Fleiss for more"),
        ("agreement/kappa", "Kappa", nil, "Agreement beyond chance; empty where it is not estimable"),
        ("byChance", "By chance", nil, "Agreement that kappa expects by chance"),
        ("pabak", "PABAK", nil, "Kappa adjusted for prevalence and bias"),
        ("pabakLower", "PABAK, lower", nil, "Lower limit of the 95 % interval"),
        ("pabakUpper", "PABAK, upper", nil, "Upper limit"),
        ("prevalenceIndex", "Prevalence index", nil, "How much more one answer is given than the other, 0 to 1"),
        ("biasIndex", "Bias index", nil, "How much more often one includes than the other, 0 to 1"),
        ("ac1Lower", "AC1, lower", nil, "Lower limit of the 95 % interval"),
        ("ac1Upper", "AC1, upper", nil, "Upper limit"),
        ("bothIn", "Both in", nil, "Reports that both leave in"),
        ("onlyFirstIn", "Only first in", nil, "Reports that only the first leaves in"),
        ("onlySecondIn", "Only second in", nil, "Reports that only the second leaves in"),
        ("bothOut", "Both out", nil, "Reports that both exclude"),
        ("agreement/note", "Note", nil, "Why something is not estimable"),
    ]

    private static let rules: [Entry] = [
        ("amendment", "Amendment", nil, "Running number of the change of the rules"),
        ("appliedAt", "Applied at", nil, "Start of the run that applied it: date and time in UTC, ISO 8601"),
        ("change", "Changed", nil, "What changed, by its way through the pipeline file"),
        ("before", "Before", nil, "As it stood before; empty where it is new"),
        ("after", "After", nil, "As it stands since; empty where it is gone"),
        ("decisionsFlipped", "Decisions flipped", nil, "Reports that nobody had decided and whose decision changed"),
        (
            "reportsJudgedDifferently", "Judged differently", nil,
            "Reports of which the rules say something else, whatever became of them"
        ),
        ("decisionBefore", "Decision before", nil, "What the rules decided before, with the reason"),
        ("decisionAfter", "Decision after", nil, "What the rules decide since, with the reason"),
        ("people", "People", nil, "What people decided, and who; it stands"),
        ("rules", "Rules", nil, "What the rules say"),
        ("flips/criterion", "Criterion", nil, "Id of the criterion"),
        ("verdictBefore", "Verdict before", nil, "met, notMet or unclear, before"),
        ("verdictAfter", "Verdict after", nil, "met, notMet or unclear, since"),
        ("quoteBefore", "Quote before", nil, "The words that it rested on"),
        ("ruleBefore", "Rule before", nil, "The rule that had matched"),
        ("quoteAfter", "Quote after", nil, "The words that it rests on"),
        ("ruleAfter", "Rule after", nil, "The rule that matches"),
        ("readBefore", "Read before", nil, "abstract or fullText: what was judged before"),
        ("readAfter", "Read after", nil, "abstract or fullText: what is judged since"),
        ("overruled/read", "Read", nil, "abstract or fullText: what the rules judged"),
        ("measures/measure", "Measure", nil, "Name of the measure"),
        ("measures/meaning", "What is counted", nil, "What is counted, in words"),
        ("measures/value", "Value", nil, "events / total; empty where nothing was counted"),
        ("events", "Counted", nil, "How many"),
        ("total", "Of", nil, "Of how many"),
        ("level", "Level", "%", "Level of the exact (Clopper-Pearson) interval"),
    ]

    private static let review: [Entry] = [
        ("stage", "Stage", nil, "One of the seven stages"),
        ("run", "Run", nil, "Number of the run"),
        ("startedAt", "Started at", nil, "Date and time in UTC, ISO 8601"),
        ("finishedAt", "Finished at", nil, "Date and time in UTC, ISO 8601"),
        ("softwareVersion", "Sluice", nil, "Version of sluice"),
        ("plan", "Pipeline file", nil, "SHA-256 of the pipeline file"),
        ("message", "Message", nil, "Why the run failed"),
        ("runs/state", "State", nil, "running, finished or failed"),
        ("database", "Database", nil, "Database or register that was searched"),
        ("platform", "Platform", nil, "Interface through which it was searched"),
        ("query", "Query", nil, "Exactly what was asked"),
        ("from", "From", nil, "Begin of the window of dates, as it was asked"),
        ("to", "To", nil, "End of the window of dates, as it was asked"),
        ("dates", "Dates", nil, "Which date of a record the window is about, by the service's name for it"),
        ("translation", "Translation", nil, "How the engine read the query"),
        ("acceptedWarnings", "Accepted warnings", nil, "What the engine found wanting and the pipeline file allows"),
        ("searchedAt", "Searched at", nil, "When the search was made, or the export of a file"),
        ("hits", "Hits", nil, "How many records were found, and listed"),
        ("listDigest", "Digest of the list", nil, "SHA-256 of the ids found, sorted, one a line"),
        ("software", "Software", nil, "Program and version that searched"),
        ("answer", "Answer", nil, "Name of the archived answer that says so"),
        ("file", "File", nil, "File that a person exported"),
        ("changes", "Changes", nil, "What was asked or read otherwise than in the search before"),
        ("appeared", "Appeared", nil, "Hits that the search before did not have"),
        ("vanished", "Vanished", nil, "Hits of the search before that are none now"),
        ("table", "Table", nil, "Table of `sluice export`, or form for the fields of the extraction form"),
        ("column", "Column", nil, "Name of the column in CSV, TSV and NDJSON"),
        ("dictionary/label", "Label", nil, "What stands above the column in XLSX, Markdown and HTML"),
        ("type", "Type", nil, "text, number or integer"),
        ("words", "Words", nil, "The words that it may take, where the list is closed"),
        ("meaning", "Meaning", nil, "What the column holds"),
    ]
}
