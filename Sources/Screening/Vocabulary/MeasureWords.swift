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
        "singleBlind",
    ]

    static let scales = [
        "ATHF", "BAI", "BDI", "BDI-II", "BHS", "BPRS", "C-SSRS", "CADSS", "CAPS", "CDRS-R", "CGI", "CGI-I", "CGI-S",
        "EPDS", "GAF", "GDS", "HADS", "HAM-A", "HDRS", "HDRS-17", "HDRS-21", "HDRS-24", "HDRS-25", "HDRS-28",
        "HDRS-6", "IDS", "IES-R", "MADRS", "MGH-ATRQ", "MMSE", "MSM", "PANSS", "PCL-5", "PHQ-9", "POMS", "QIDS",
        "QIDS-SR16", "SDS", "SHAPS", "SSI", "STAI", "TEPS", "Thase-Rush", "VAS", "Y-BOCS", "YMRS",
    ]

    /// `CommentsCorrections@RefType` of PubMed's DTD (January 2025).
    static let relations = [
        "AssociatedDataset", "AssociatedPublication", "CommentIn", "CommentOn", "CorrectedandRepublishedFrom",
        "CorrectedandRepublishedIn", "ErratumFor", "ErratumIn", "ExpressionOfConcernFor", "ExpressionOfConcernIn",
        "OriginalReportIn", "PartialRetractionIn", "PartialRetractionOf", "ReprintIn", "ReprintOf",
        "RepublishedFrom", "RepublishedIn", "RetractedandRepublishedFrom", "RetractedandRepublishedIn",
        "RetractionIn", "RetractionOf", "SummaryForPatientsIn", "UpdateIn", "UpdateOf",
    ]

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
