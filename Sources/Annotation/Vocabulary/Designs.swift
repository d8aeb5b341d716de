/// Designs and publication kinds as titles, abstracts, headings and publication types print them.
extension Concept {
    static let designs: [Concept] = [
        Concept(
            .design, "randomised",
            "randomized|randomised|randomly assigned|randomly allocated|assigned at random|allocated at random|allotted at random|"
                + "divided at random|randomization|randomisation|"
                + "rct|random allocation|random order|randomly|randomized controlled trial|randomised controlled trial|"
                + "randomized clinical trial|randomised clinical trial|quasi randomized"),
        Concept(
            .design, "crossover",
            "crossover|cross over|within subject|within subjects|crossed over|counterbalanced|"
                + "cross over studies"),
        Concept(
            .design, "doubleBlind",
            "double blind|double blinded|doubleblind|double masked|triple blind|triple blinded|"
                + "triple masked|double blind method|participant and rater blinded"),
        Concept(
            .design, "singleBlind",
            "single blind|single blinded|rater blinded|assessor blinded|single masked|blinded rater|"
                + "observer blinded|single blind method"),
        Concept(
            .design, "openLabel",
            "open label|open labeled|open labelled|unblinded|openlabel|open trial|open study|"
                + "non blinded|open label extension|open, noncontrolled|open, uncontrolled|open noncontrolled|"
                + "open uncontrolled|open, non controlled|open non controlled|open, prospective|open prospective|"
                + "open pilot|open clinical trial|open clinical study|open longitudinal"),
        Concept(
            .design, "singleArm",
            "single arm|uncontrolled|one arm|single group|non controlled|noncontrolled|no control group|"
                + "without a control group|without control group|lack of a control group|lack of control group|"
                + "absence of a control group|lack of a placebo control group|lack of a placebo or other control group"),
        Concept(
            .design, "usualCare",
            "treatment as usual|care as usual|usual care|standard care|wait list|waitlist|waiting list"),
        Concept(.design, "usualCare", "tau", print: .upper),
        Concept(
            .design, "retrospective",
            "retrospective|retrospectively|chart review|medical record review|review of medical records|electronic health records|"
                + "case control|retrospective studies|record review|claims data|administrative data|chart analysis|"
                + "chart analyses|retroactive chart|medical charts|charts were reviewed"),
        Concept(
            .design, "caseReport",
            "case report|case reports|we report a case|a case of|single case|we report the case|"
                + "case study|we present a case|we present the case"),
        Concept(.design, "caseSeries", "case series|series of cases|two cases|three cases|present a series of"),
        Concept(
            .design, "protocol",
            "study protocol|trial protocol|rationale and design|design and rationale|"
                + "statistical analysis plan|protocol for a|clinical trial protocol|a protocol for|protocol of a"),
        Concept(
            .design, "review",
            "systematic review|literature review|narrative review|review of the literature|this review|"
                + "we review|we reviewed the literature|review article|critical review|scoping review|overview|"
                + "systematic literature review|comprehensive review|umbrella review|brief review|mini review|"
                + "in this article, we review|this article reviews|this paper reviews|we reviewed|we summarize|"
                + "systematic literature search|rapid review|selective review|a review|reviewed the literature"),
        Concept(
            .design, "metaAnalysis",
            "meta analysis|meta analyses|metaanalysis|meta analytic|network meta analysis|"
                + "meta regression|metaanalyses|pooled effect size"),
        Concept(
            .design, "editorial",
            "editorial|commentary|letter to the editor|viewpoint|this commentary|"
                + "this editorial|published erratum|erratum|corrigendum|comment|letter"),
        Concept(
            .design, "secondaryAnalysis",
            "post hoc analysis|post hoc analyses|post hoc study|posthoc analysis|post hoc pooled analysis|"
                + "post hoc secondary analysis|post hoc exploratory analysis|posthoc analyses|"
                + "secondary analysis|secondary analyses|reanalysis|re analysis|reanalyzed|reanalysed|re analyzed|re analysed|"
                + "exploratory analysis|pooled analysis|secondary data analysis|"
                + "previously reported trial|previously published trial|subanalysis|ancillary study"),
        Concept(
            .design, "healthyVolunteers",
            "healthy volunteers|healthy volunteer|healthy subjects|healthy participants|"
                + "healthy male volunteers|healthy individuals|healthy men|healthy adults|healthy human volunteers|"
                + "healthy male subjects|healthy human subjects|healthy humans|healthy young|normal volunteers|"
                + "healthy males|healthy human|healthy normal|healthy male|healthy female|healthy females|healthy women|"
                + "healthy adult volunteers|healthy adult participants|healthy adult subjects|healthy adult males|"
                + "healthy right handed|healthy persons|healthy people|healthy students|healthy ss"),
        Concept(
            .design, "healthyControls",
            "healthy controls|healthy control|healthy comparison|normal controls|"
                + "healthy control subjects|matched controls|healthy control participants"),
        Concept(
            .design, "placeboControlled", "placebo controlled|saline controlled|placebo control|controlled with placebo"
        ),
        Concept(
            .design, "activeControlled",
            "active controlled|active control|active placebo|active comparator|"
                + "midazolam controlled|active placebo controlled|non inferiority|noninferiority|head to head"),
        Concept(
            .design, "pilot",
            "pilot|feasibility study|feasibility trial|feasibility randomised|feasibility randomized|"
                + "proof of concept|proof of principle"),
        Concept(
            .design, "observational",
            "observational|naturalistic|prospective cohort|cohort study|observational study|registry study|registry based|cohort studies"
        ),
        Concept(.design, "clinicalTrial", "clinical trial|controlled trial|controlled clinical trial|phase ii trial"),
    ]

    static let animals: [Concept] = [
        Concept(
            .animal, "",
            "mice|mouse|rats|rat|wistar|sprague dawley|c57bl|c57bl6|c57bl/6|rodent|rodents|murine|forced swim|"
                + "forced swimming|tail suspension|sucrose preference|chronic unpredictable stress|chronic mild stress|"
                + "depressive like|depression like|anxiety like|monkeys|macaque|macaques|dogs|cats|piglets|pigs|rabbits|"
                + "zebrafish|in vitro|animal model|animal models|learned helplessness|social defeat|guinea pigs|ferrets|"
                + "horses|sheep|hamsters|drosophila|cell culture|cultured neurons|knockout|balb/c|long evans|baboons")
    ]

    static let ageGroups: [Concept] = [
        Concept(
            .ageGroup, "child",
            "child|children|pediatric|paediatric|pediatrics|toddlers|infants|preschool|schoolchildren|"
                + "neonates|infant|school aged"),
        Concept(
            .ageGroup, "adolescent", "adolescent|adolescents|adolescence|youth|youths|teenagers|teenager|juvenile|teens"
        ),
        Concept(
            .ageGroup, "adult", "adult|adults|veterans|veteran|middle aged|young adult|young adults|adult patients"),
        Concept(
            .ageGroup, "older",
            "older adults|older adult|elderly|geriatric|late life|older people|older patients|"
                + "older veterans|older persons|oldest old|geriatrics|seniors"),
    ]
}
