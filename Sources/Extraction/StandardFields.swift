extension ExtractionForm {
    /// Every field that a reader knows, in the order of the contract; later ones at the end.
    package static let standardFields: [Field] = [
        Field(
            id: "design", label: "Design", kind: .vocabulary,
            vocabulary: [
                "randomised", "crossover", "singleArm", "retrospective", "observational", "caseReport", "caseSeries",
                "protocol", "review", "metaAnalysis", "secondaryAnalysis", "animalStudy", "healthyVolunteers", "pilot",
                "clinicalTrial", "editorial", "letter", "erratum", "retraction", "preprint", "guideline",
            ]),
        Field(
            id: "blinding", label: "Blinding", kind: .vocabulary,
            vocabulary: ["doubleBlind", "singleBlind", "openLabel"]),
        Field(id: "comparator", label: "Comparator", kind: .vocabulary),
        Field(id: "comparatorDose", label: "Comparator dose", kind: .number, unit: "mg/kg", per: .arm),
        Field(id: "dose", label: "Dose", kind: .number, unit: "mg/kg", per: .arm),
        Field(
            id: "enantiomer", label: "Enantiomer", kind: .vocabulary,
            vocabulary: ["racemic", "esketamine", "arketamine"],
            per: .arm),
        Field(
            id: "route", label: "Route", kind: .vocabulary,
            vocabulary: [
                "intravenous", "intranasal", "oral", "sublingual", "intramuscular", "subcutaneous", "rectal",
                "transdermal", "inhaled", "epidural", "intrathecal", "intraperitoneal", "parenteral",
            ], per: .arm),
        Field(id: "infusionDuration", label: "Infusion duration", kind: .number, unit: "min", per: .arm),
        Field(id: "infusions", label: "Number of infusions", kind: .integer, unit: "infusions"),
        Field(
            id: "schedule", label: "Schedule", kind: .vocabulary,
            vocabulary: ["once weekly", "twice weekly", "thrice weekly", "daily", "every other day"]),
        Field(id: "sampleSize", label: "Sample size", kind: .integer, unit: "participants"),
        Field(id: "armSize", label: "Arm size", kind: .integer, unit: "participants", per: .arm),
        Field(id: "resistanceDefinition", label: "Definition of resistance", kind: .text),
        Field(id: "failedTreatments", label: "Failed treatments (at least)", kind: .integer, unit: "treatments"),
        Field(id: "diagnosis", label: "Diagnosis", kind: .vocabulary),
        Field(id: "ageMean", label: "Age, mean", kind: .number, unit: "years"),
        Field(id: "ageSD", label: "Age, SD", kind: .number, unit: "years"),
        Field(id: "ageRange", label: "Age, limits", kind: .number, unit: "years"),
        Field(id: "femaleShare", label: "Women", kind: .number, unit: "%"),
        Field(id: "scale", label: "Scale", kind: .vocabulary),
        Field(id: "baseline", label: "Baseline score", kind: .number, unit: "points", per: .outcome),
        Field(id: "baselineSD", label: "Baseline score, SD", kind: .number, unit: "points", per: .outcome),
        Field(id: "endpoint", label: "Endpoint score", kind: .number, unit: "points", per: .outcome),
        Field(id: "endpointSD", label: "Endpoint score, SD", kind: .number, unit: "points", per: .outcome),
        Field(id: "change", label: "Change from baseline", kind: .number, unit: "points", per: .outcome),
        Field(id: "changeSD", label: "Change from baseline, SD", kind: .number, unit: "points", per: .outcome),
        Field(id: "response", label: "Response", kind: .number, unit: "events or %", per: .outcome),
        Field(id: "remission", label: "Remission", kind: .number, unit: "events or %", per: .outcome),
        Field(id: "relapse", label: "Relapse", kind: .number, unit: "events or %", per: .outcome),
        Field(id: "adverseEvent", label: "Adverse event", kind: .vocabulary),
        Field(id: "dropout", label: "Drop-out", kind: .number, unit: "events or %", per: .outcome),
        Field(id: "country", label: "Country", kind: .vocabulary),
        Field(id: "registration", label: "Registration", kind: .text),
        Field(id: "funding", label: "Funding", kind: .text),
        Field(
            id: "numberRandomised", label: "Number randomised", kind: .integer, unit: "participants", per: .arm),
        Field(id: "numberTreated", label: "Number treated", kind: .integer, unit: "participants", per: .arm),
        Field(id: "numberAnalysed", label: "Number analysed", kind: .integer, unit: "participants", per: .arm),
        Field(
            id: "doseBasis", label: "Dose counted as", kind: .vocabulary, vocabulary: ["base", "hydrochloride"],
            per: .arm),
        Field(id: "scaleVersion", label: "Scale version", kind: .text, per: .outcome),
        Field(id: "effect", label: "Effect estimate", kind: .number, unit: "measure", per: .outcome),
        Field(id: "effectLower", label: "Effect, lower limit", kind: .number, unit: "measure", per: .outcome),
        Field(id: "effectUpper", label: "Effect, upper limit", kind: .number, unit: "measure", per: .outcome),
        Field(id: "pValue", label: "P value", kind: .number, per: .outcome),
        Field(
            id: "adverseEventCount", label: "Adverse event, people", kind: .number, unit: "events or %",
            per: .outcome),
        Field(id: "relapseTime", label: "Time to relapse", kind: .number, unit: "days", per: .arm),
        Field(
            id: "setting", label: "Setting", kind: .vocabulary,
            vocabulary: ["inpatient", "outpatient", "community", "emergency", "multicentre", "singleCentre"]),
        Field(id: "conflicts", label: "Conflicts of interest", kind: .text),
    ]
}
