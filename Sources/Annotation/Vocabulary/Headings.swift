/// Headings of structured abstracts, by the part of an abstract that they open.
extension Concept {
    static let headings: [Concept] = [
        Concept(
            .heading, "BACKGROUND",
            "background|introduction|context|importance|rationale|background and objectives|background and objective|"
                + "background and aims|background and purpose|background/aims|background/objectives|state of the art"),
        Concept(
            .heading, "OBJECTIVE",
            "objective|objectives|aim|aims|purpose|goal|goals|hypothesis|study objectives|study objective|aims and objectives|"
                + "aim of the study|purpose of review|aims of the study|hypotheses|question"),
        Concept(
            .heading, "METHODS",
            "method|methods|materials and methods|material and methods|patients and methods|design|study design|setting|"
                + "participants|interventions|intervention|procedure|procedures|main outcome measures|main outcome measure|"
                + "main outcomes and measures|measurements|measures|methods/design|methods and materials|"
                + "subjects and methods|experimental design|methodology|data sources|study selection|data extraction|"
                + "design, setting, and participants|design, setting and participants|methods and analysis|"
                + "experimental procedures|outcome measures|data synthesis|exposures|subjects|methods and design|"
                + "experimental approach|research design and methods|design and methods|participants and methods|"
                + "aim and methods|aims and methods|objective and methods|objectives and methods|background and methods|"
                + "introduction and methods|purpose and methods"),
        Concept(
            .heading, "RESULTS",
            "results|result|findings|methods and results|main results|results and discussion|results and conclusions|"
                + "methods and findings|key results|observations|case presentation|case description"),
        Concept(
            .heading, "CONCLUSIONS",
            "conclusion|conclusions|discussion|interpretation|significance|implications|limitations|limitation|"
                + "conclusions and relevance|conclusions and implications|discussion and conclusions|summary|"
                + "conclusions and significance|discussion and conclusion|ethics and dissemination|relevance"),
        Concept(
            .heading, "REGISTRATION",
            "trial registration|clinical trial registration|registration|trial registration number|clinical trials registration|"
                + "clinicaltrials gov identifier|clinical trial information|clinical trial registration information"),
        Concept(.heading, "FUNDING", "funding|sources of funding|funding source|financial support|support"),
    ]

    /// Headings that also open a sentence of prose when no colon follows: only these count without one.
    static let boldHeadings: Set<String> = ["BACKGROUND", "OBJECTIVE", "METHODS", "RESULTS", "CONCLUSIONS"]
}
