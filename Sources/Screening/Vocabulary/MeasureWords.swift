/// The closed lists of words that measures can take: the canonical names of what annotation finds. A query with
/// another word would never hold, so it is refused.
package enum MeasureWords {
    static let diagnoses = [
        "adhd", "anxietyDisorder", "asthma", "autism", "bipolarDepression", "bipolarDisorder", "borderlinePersonality",
        "brainInjury", "cancer", "catatonia", "delirium", "dementia", "depression", "dysthymia", "eatingDisorder",
        "epilepsy", "majorDepression", "mania", "migraine", "ocd", "pain", "parkinson", "postpartumDepression",
        "psychoticDepression", "ptsd", "rett", "schizophrenia", "substanceUse", "suicidalIdeation", "tinnitus",
        "treatmentResistance", "treatmentResistantBipolarDepression", "treatmentResistantDepression",
    ]

    static let designs = [
        "activeControlled", "animalStudy", "caseReport", "caseSeries", "clinicalTrial", "crossover", "doubleBlind",
        "editorial", "healthyControls", "healthyVolunteers", "metaAnalysis", "observational", "openLabel", "pilot",
        "placeboControlled", "protocol", "randomised", "retrospective", "review", "secondaryAnalysis", "singleArm",
        "singleBlind", "usualCare",
    ]

    static let scales = [
        "5D-ASC", "AIS", "ASRM", "ATHF", "AUDIT", "BAI", "BDI", "BDI-II", "BFI", "BHS", "BIS-11", "BPI", "BPRS",
        "C-SSRS", "CADSS", "CAPS", "CAPS-5", "CDRS-R", "CDSS", "CEQ", "CES-D", "CGI", "CGI-I", "CGI-S", "CPFQ", "DARS",
        "DASS-21", "EDI", "EPDS", "EQ-5D", "ESS", "FACIT-F", "FLACC", "FSS", "GAD-7", "GAF", "GDS", "GSE-My", "HADS",
        "HAM-A", "HDRS", "HDRS-17", "HDRS-20", "HDRS-21", "HDRS-22", "HDRS-23", "HDRS-24", "HDRS-25", "HDRS-27",
        "HDRS-28", "HDRS-29", "HDRS-31", "HDRS-6", "HDRS-7", "HDRS-8", "HMS", "HRS", "IDS", "IES-R", "ISI", "K10",
        "KSET", "KSS", "LSAS", "MADRS", "MASQ", "MBI", "MDQ", "MEQ-30", "MFI", "MGH-ATRQ", "MMSE", "MOAAS", "MPQ",
        "MSM", "MSSI", "MoCA", "NDES", "NRS", "PAED", "PANSI", "PANSS", "PCL", "PCL-5", "PDQ-D", "PEQ", "PHQ-8",
        "PHQ-9", "POMS", "PRISE", "PSI", "PSQI", "Q-LES-Q", "QIDS", "QIDS-SR16", "QoR-15", "QoR-40", "RASS", "RRS",
        "RSES", "RSS", "SAFTEE", "SANS", "SAPS", "SAS", "SBQ-R", "SDQ", "SDS", "SDS-Zung", "SF-12", "SF-36", "SHAPS",
        "SIDAS", "SMCQ", "SOFAS", "SSI", "STAI", "SWLS", "TAS-20", "TEPS", "Thase-Rush", "VAS", "WHODAS", "WSAS",
        "Y-BOCS", "YMRS",
    ]

    /// `CommentsCorrections@RefType` of PubMed's DTD (January 2025).
    static let relations = [
        "AssociatedDataset", "AssociatedPublication", "CommentIn", "CommentOn", "CorrectedandRepublishedFrom",
        "CorrectedandRepublishedIn", "ErratumFor", "ErratumIn", "ExpressionOfConcernFor", "ExpressionOfConcernIn",
        "OriginalReportIn", "PartialRetractionIn", "PartialRetractionOf", "ReprintIn", "ReprintOf",
        "RepublishedFrom", "RepublishedIn", "RetractedandRepublishedFrom", "RetractedandRepublishedIn",
        "RetractionIn", "RetractionOf", "SummaryForPatientsIn", "UpdateIn", "UpdateOf",
    ]

    /// What to do about a drug whose name is not read.
    package static let drugAdvice =
        "a drug whose name is read, in lower case (the section Drugs of Pipelines/README.md lists them); any other drug "
        + "gets its words in annotation.drugNames"

    package static let drugs = [
        "alfentanil", "alprazolam", "amisulpride", "amitriptyline", "amphetamine", "aripiprazole", "arketamine",
        "atropine", "ayahuasca", "brexanolone", "bupivacaine", "buprenorphine", "bupropion", "citalopram",
        "clomipramine", "clonazepam", "clonidine", "clozapine", "cocaine", "cycloserine", "desflurane", "desipramine",
        "dexamethasone", "dexmedetomidine", "dextromethorphan", "diazepam", "diphenhydramine", "dmt", "droperidol",
        "duloxetine", "ect", "escitalopram", "esketamine", "etomidate", "fentanyl", "fluoxetine", "gabapentin",
        "glycopyrrolate", "haloperidol", "heroin", "hydromorphone", "ibuprofen", "imipramine", "isoflurane",
        "ketamine", "ketofol", "ketorolac", "lamotrigine", "lanicemine", "levetiracetam", "lidocaine", "lithium",
        "lorazepam", "lsd", "magnesium", "mdma", "medetomidine", "memantine", "methadone", "methohexital",
        "methylphenidate", "metoclopramide", "midazolam", "minocycline", "mirtazapine", "mk801", "modafinil",
        "morphine", "nalbuphine", "naloxone", "naltrexone", "nicotine", "nimodipine", "nitrousOxide", "norketamine",
        "nortriptyline", "olanzapine", "ondansetron", "oxycodone", "paracetamol", "paroxetine", "pethidine",
        "phencyclidine", "phenobarbital", "phenytoin", "physostigmine", "placebo", "pregabalin", "probenecid",
        "propofol", "psilocybin", "quetiapine", "rapamycin", "rapastinel", "remifentanil", "riluzole", "risperidone",
        "rocuronium", "ropivacaine", "saline", "scopolamine", "sertraline", "sevoflurane", "succinylcholine",
        "sufentanil", "thc", "thiopental", "topiramate", "tramadol", "tranylcypromine", "traxoprodil", "valproate",
        "venlafaxine", "vortioxetine", "xenon", "xylazine", "ziprasidone", "zolpidem", "zuranolone",
    ]
}
