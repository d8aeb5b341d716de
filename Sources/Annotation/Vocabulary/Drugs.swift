/// Drugs by canonical name. Which one is a review's interest is not known here: the document's own main drug is.
extension Concept {
    static let drugs: [Concept] = [
        Concept(
            .drug, "esketamine",
            "esketamine|s ketamine|(s) ketamine|(s)ketamine|s(+) ketamine|(s)(+) ketamine|s(+)ketamine|s (+) ketamine|"
                + "(+) ketamine|(+)s ketamine|(+) s ketamine|(+) (s) ketamine|s + ketamine|(s+) ketamine|(s +) ketamine|"
                + "spravato|ketanest s|sketamine|dextro ketamine|dextroketamine|es ketamine|s(+)|esketamin|s( ) ketamine|"
                + "ketamine enantiomer s|ketamine s|esmketamine|esketamine hydrochloride|s ketamine hydrochloride|esketamine base|"
                + "s ketamine base"),
        Concept(
            .drug, "arketamine",
            "arketamine|r ketamine|(r) ketamine|r( ) ketamine|(r)( ) ketamine|rketamine|(r)ketamine|r(-) ketamine"),
        Concept(
            .drug, "ketamine",
            "ketamine|ketamin|ketalar|racemic ketamine|ketamine hydrochloride|(r,s) ketamine|(rs) ketamine|rs ketamine|"
                + "r,s ketamine|r/s ketamine|(r/s) ketamine|(±) ketamine|ketamine racemate|ketamine hcl|ketaminehydrochloride|"
                + "ketaset|ketanest|ketamina|postketamine|ketamine base|racemic ketamine hydrochloride"),
        Concept(
            .drug, "norketamine", "norketamine|hydroxynorketamine|hnk|(2r,6r) hydroxynorketamine|dehydronorketamine"),
        Concept(.drug, "esketamine", "esk", print: .upper),
        Concept(.drug, "esketamine", "s ket|(s) ket|esket"),
        Concept(.drug, "ketamine", "(r,s) ket|(r/s) ket"),
        Concept(.drug, "ketamine", "ket", print: .capitalised),
        Concept(.drug, "midazolam", "midazolam|mdz|versed"),
        Concept(.drug, "propofol", "propofol|diprivan"),
        Concept(.drug, "methohexital", "methohexital|methohexitone|brevital"),
        Concept(.drug, "thiopental", "thiopental|thiopentone|thiopental sodium|nesdonal|pentothal|sodium thiopental"),
        Concept(.drug, "etomidate", "etomidate"), Concept(.drug, "ketofol", "ketofol"),
        Concept(
            .drug, "saline",
            "saline|normal saline|saline placebo|saline solution|sodium chloride|isotonic saline|physiological saline|"
                + "placebo saline|nacl|saline infusion|saline infusions"),
        Concept(.drug, "placebo", "placebo|placebos|inactive placebo|matching placebo|sham infusion"),
        Concept(.drug, "placebo", "pbo|plb", print: .upper),
        Concept(.drug, "lithium", "lithium|lithium carbonate"),
        Concept(.drug, "valproate", "valproate|valproic acid|divalproex"),
        Concept(.drug, "remifentanil", "remifentanil"), Concept(.drug, "fentanyl", "fentanyl"),
        Concept(.drug, "sufentanil", "sufentanil"), Concept(.drug, "alfentanil", "alfentanil"),
        Concept(.drug, "morphine", "morphine"), Concept(.drug, "hydromorphone", "hydromorphone"),
        Concept(.drug, "oxycodone", "oxycodone"), Concept(.drug, "tramadol", "tramadol"),
        Concept(.drug, "methadone", "methadone"), Concept(.drug, "buprenorphine", "buprenorphine"),
        Concept(.drug, "naloxone", "naloxone"), Concept(.drug, "naltrexone", "naltrexone"),
        Concept(.drug, "pethidine", "pethidine|meperidine"), Concept(.drug, "nalbuphine", "nalbuphine"),
        Concept(.drug, "bupivacaine", "bupivacaine|levobupivacaine"), Concept(.drug, "ropivacaine", "ropivacaine"),
        Concept(.drug, "lidocaine", "lidocaine|lignocaine"), Concept(.drug, "dexmedetomidine", "dexmedetomidine"),
        Concept(.drug, "clonidine", "clonidine"),
        Concept(.drug, "magnesium", "magnesium|magnesium sulfate|magnesium sulphate"),
        Concept(.drug, "diazepam", "diazepam"), Concept(.drug, "lorazepam", "lorazepam"),
        Concept(.drug, "clonazepam", "clonazepam"), Concept(.drug, "alprazolam", "alprazolam"),
        Concept(.drug, "phenobarbital", "phenobarbital|phenobarbitone"),
        Concept(.drug, "phenytoin", "phenytoin|fosphenytoin"),
        Concept(.drug, "levetiracetam", "levetiracetam"), Concept(.drug, "lamotrigine", "lamotrigine"),
        Concept(.drug, "gabapentin", "gabapentin"), Concept(.drug, "pregabalin", "pregabalin"),
        Concept(.drug, "topiramate", "topiramate"), Concept(.drug, "haloperidol", "haloperidol"),
        Concept(.drug, "droperidol", "droperidol"), Concept(.drug, "olanzapine", "olanzapine"),
        Concept(.drug, "quetiapine", "quetiapine"), Concept(.drug, "risperidone", "risperidone"),
        Concept(.drug, "clozapine", "clozapine"), Concept(.drug, "aripiprazole", "aripiprazole"),
        Concept(.drug, "amisulpride", "amisulpride"), Concept(.drug, "ziprasidone", "ziprasidone"),
        Concept(.drug, "escitalopram", "escitalopram"), Concept(.drug, "citalopram", "citalopram"),
        Concept(.drug, "fluoxetine", "fluoxetine"), Concept(.drug, "paroxetine", "paroxetine"),
        Concept(.drug, "sertraline", "sertraline"), Concept(.drug, "duloxetine", "duloxetine"),
        Concept(.drug, "venlafaxine", "venlafaxine|desvenlafaxine"), Concept(.drug, "mirtazapine", "mirtazapine"),
        Concept(.drug, "bupropion", "bupropion"), Concept(.drug, "imipramine", "imipramine"),
        Concept(.drug, "amitriptyline", "amitriptyline"), Concept(.drug, "clomipramine", "clomipramine"),
        Concept(.drug, "desipramine", "desipramine"), Concept(.drug, "nortriptyline", "nortriptyline"),
        Concept(.drug, "tranylcypromine", "tranylcypromine"), Concept(.drug, "vortioxetine", "vortioxetine"),
        Concept(.drug, "memantine", "memantine"), Concept(.drug, "riluzole", "riluzole"),
        Concept(.drug, "cycloserine", "d cycloserine|cycloserine"),
        Concept(.drug, "cycloserine", "dcs", print: .upper), Concept(.drug, "lanicemine", "lanicemine|azd6765"),
        Concept(.drug, "rapastinel", "rapastinel|glyx 13|glyx13"),
        Concept(.drug, "traxoprodil", "traxoprodil|cp 101,606"),
        Concept(.drug, "dextromethorphan", "dextromethorphan"), Concept(.drug, "nitrousOxide", "nitrous oxide|n2o"),
        Concept(.drug, "scopolamine", "scopolamine"), Concept(.drug, "psilocybin", "psilocybin|psilocybine"),
        Concept(.drug, "lsd", "lsd|lysergic acid diethylamide"), Concept(.drug, "mdma", "mdma"),
        Concept(.drug, "ayahuasca", "ayahuasca"), Concept(.drug, "dmt", "dmt|dimethyltryptamine|5 meo dmt"),
        Concept(.drug, "phencyclidine", "phencyclidine|pcp"), Concept(.drug, "mk801", "mk 801|mk801|dizocilpine"),
        Concept(.drug, "amphetamine", "amphetamine|d amphetamine|dextroamphetamine"),
        Concept(.drug, "thc", "thc|tetrahydrocannabinol"),
        Concept(.drug, "methylphenidate", "methylphenidate"), Concept(.drug, "modafinil", "modafinil"),
        Concept(.drug, "sevoflurane", "sevoflurane"), Concept(.drug, "isoflurane", "isoflurane"),
        Concept(.drug, "desflurane", "desflurane"), Concept(.drug, "xenon", "xenon"),
        Concept(.drug, "xylazine", "xylazine"),
        Concept(.drug, "medetomidine", "medetomidine"),
        Concept(.drug, "succinylcholine", "succinylcholine|suxamethonium"),
        Concept(.drug, "rocuronium", "rocuronium"), Concept(.drug, "atropine", "atropine"),
        Concept(.drug, "glycopyrrolate", "glycopyrrolate"), Concept(.drug, "dexamethasone", "dexamethasone"),
        Concept(.drug, "ketorolac", "ketorolac"), Concept(.drug, "paracetamol", "paracetamol|acetaminophen"),
        Concept(.drug, "ibuprofen", "ibuprofen"), Concept(.drug, "ondansetron", "ondansetron"),
        Concept(.drug, "metoclopramide", "metoclopramide"), Concept(.drug, "physostigmine", "physostigmine"),
        Concept(.drug, "rapamycin", "rapamycin|sirolimus"), Concept(.drug, "minocycline", "minocycline"),
        Concept(.drug, "diphenhydramine", "diphenhydramine"), Concept(.drug, "zolpidem", "zolpidem"),
        Concept(.drug, "nicotine", "nicotine"), Concept(.drug, "cocaine", "cocaine"),
        Concept(.drug, "heroin", "heroin"),
        Concept(.drug, "probenecid", "probenecid"), Concept(.drug, "nimodipine", "nimodipine"),
        Concept(.drug, "brexanolone", "brexanolone"), Concept(.drug, "zuranolone", "zuranolone"),
        Concept(
            .drug, "ect", "electroconvulsive therapy|electroconvulsive treatment|electroconvulsive treatments",
            print: .any),
        Concept(.drug, "ect", "ect|ects", print: .upper),
    ]
}

/// How drugs stand to each other, for deciding what a finding belongs to.
enum DrugRelation {
    /// Drugs without a dose of their own: a number beside them belongs to another.
    static func isInert(_ drug: String) -> Bool { drug == "placebo" || drug == "saline" || drug == "ect" }

    /// Given for comparison in trials of another drug.
    static func isUsualComparator(_ drug: String) -> Bool {
        isInert(drug) || drug == "midazolam" || drug == "remifentanil" || drug == "diphenhydramine"
    }

    /// Drugs under study in this field. Where one is named, the established ones beside it are background or
    /// comparison far more often than not.
    static func isInvestigational(_ family: String) -> Bool { investigational.contains(family) }

    private static let investigational: Set<String> = [
        "ketamine", "psilocybin", "lsd", "mdma", "ayahuasca", "dmt", "nitrousOxide", "scopolamine", "rapastinel",
        "lanicemine", "traxoprodil", "brexanolone", "zuranolone", "norketamine", "xenon",
    ]

    /// Drugs that are one substance or its mirror images.
    static func family(_ drug: String) -> String {
        drug == "esketamine" || drug == "arketamine" ? "ketamine" : drug
    }
}
