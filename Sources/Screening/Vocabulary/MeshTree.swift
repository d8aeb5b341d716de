import Annotation

/// The part of the Medical Subject Headings that reviews of drug treatments for mood disorders ask for: each heading
/// with those it stands under. Source: NLM, Medical Subject Headings (trees C10, D, E, F, M and the check tags). A
/// heading that is not here is matched by name with `[mh:noexp]`, or given with those below it under `mesh` in the
/// pipeline file.
enum MeshTree {
    struct Heading {
        var name: String
        /// The descriptor, where it is sure; a heading without is matched by name.
        var ui: String?
        var above: [String]
    }

    /// The heading and, exploded, all below it.
    ///
    /// - Parameter added: headings of the pipeline file, beside those shipped.
    static func headings(
        _ text: String, exploded: Bool, added: [Heading] = [], at token: QueryToken
    ) throws(QueryProblem) -> HeadingSet {
        let wanted = text.lowercased()
        let table = table + added
        let known = table.first { $0.name.lowercased() == wanted || $0.ui?.lowercased() == wanted }
        guard let known else {
            guard !exploded else {
                throw QueryProblem(
                    offset: token.offset, found: token.text,
                    message:
                        "this heading is not in the shipped part of MeSH, so that what stands below it is not known",
                    accepted: "[mh:noexp] for the heading alone, the headings below it under `mesh` in the file, or "
                        + (NearestWord.of(text, among: table.map(\.name)).map { "'\($0)'" } ?? "a shipped heading"))
            }
            let isIdentifier = text.first == "D" && text.count >= 7 && text.dropFirst().allSatisfy(\.isNumber)
            return HeadingSet(
                field: .mesh, names: isIdentifier ? [] : [wanted], identifiers: isIdentifier ? [text] : [])
        }
        // A heading may stand in the table twice: shipped, and in the file with more below or above it.
        var covered: Set<String> = [known.name.lowercased()]
        var grown = exploded
        while grown {
            let more = table.filter { row in
                !covered.contains(row.name.lowercased()) && row.above.contains { covered.contains($0.lowercased()) }
            }
            covered.formUnion(more.map { $0.name.lowercased() })
            grown = !more.isEmpty
        }
        let members = table.filter { covered.contains($0.name.lowercased()) }
        return HeadingSet(
            field: .mesh, names: Set(members.map { $0.name.lowercased() }), identifiers: Set(members.compactMap(\.ui)))
    }

    /// What a pipeline file says stands below its headings.
    static func headings(of branches: [MeshBranch]) -> [Heading] {
        branches.flatMap { branch in
            [Heading(name: branch.name.text, ui: nil, above: [])]
                + branch.below.map { Heading(name: $0.text, ui: nil, above: [branch.name.text]) }
        }
    }

    private static func heading(_ name: String, _ ui: String?, under above: String...) -> Heading {
        Heading(name: name, ui: ui, above: above)
    }

    static let table: [Heading] = drugs + disorders + treatments + people

    private static let drugs: [Heading] = [
        heading("Ketamine", "D007649", under: "Cyclohexanes"),
        heading("Esketamine", nil, under: "Ketamine"),
        heading("Cyclohexanes", "D003510"),
        heading("Phencyclidine", "D010622"),
        heading("Anesthetics, Dissociative", "D018685"),
        heading("Excitatory Amino Acid Antagonists", "D018691"),
        heading("Receptors, N-Methyl-D-Aspartate", "D016194"),
        heading("Antidepressive Agents", "D000928"),
        heading("Antidepressive Agents, Second-Generation", "D018687", under: "Antidepressive Agents"),
        heading("Antidepressive Agents, Tricyclic", "D000929", under: "Antidepressive Agents"),
        heading("Midazolam", "D008874"),
        heading("Propofol", "D015742"),
        heading("Methohexital", "D008723"),
        heading("Thiopental", "D013874"),
        heading("Etomidate", "D005045"),
        heading("Lithium", "D008094"),
        // Of drugs MeSH knows what they do as "pharmacological action", not as a branch: Hallucinogens covers none of those
        // below.
        heading("Hallucinogens", "D006213"),
        heading("Psilocybin", "D011562"),
        heading("Lysergic Acid Diethylamide", "D008238"),
        heading("N,N-Dimethyltryptamine", "D004130"),
        heading("N-Methyl-3,4-methylenedioxyamphetamine", "D018817"),
        heading("Nitrous Oxide", "D009609"),
    ]

    private static let disorders: [Heading] = [
        heading("Mental Disorders", "D001523"),
        heading("Mood Disorders", "D019964", under: "Mental Disorders"),
        heading("Depressive Disorder", "D003866", under: "Mood Disorders"),
        heading("Depressive Disorder, Major", "D003865", under: "Depressive Disorder"),
        heading("Depressive Disorder, Treatment-Resistant", "D061218", under: "Depressive Disorder"),
        heading("Depression, Postpartum", "D019052", under: "Depressive Disorder"),
        heading("Dysthymic Disorder", "D019263", under: "Depressive Disorder"),
        heading("Seasonal Affective Disorder", "D016574", under: "Depressive Disorder"),
        heading("Bipolar and Related Disorders", "D000068105", under: "Mental Disorders"),
        heading("Bipolar Disorder", "D001714", under: "Bipolar and Related Disorders"),
        heading("Cyclothymic Disorder", "D003527", under: "Bipolar and Related Disorders"),
        heading("Depression", "D003863"),
        heading("Schizophrenia Spectrum and Other Psychotic Disorders", "D019967", under: "Mental Disorders"),
        heading("Schizophrenia", "D012559", under: "Schizophrenia Spectrum and Other Psychotic Disorders"),
        heading("Anxiety Disorders", "D001008", under: "Mental Disorders"),
        heading("Obsessive-Compulsive Disorder", "D009771", under: "Anxiety Disorders"),
        heading("Trauma and Stressor Related Disorders", "D000068099", under: "Mental Disorders"),
        heading("Stress Disorders, Post-Traumatic", "D013313", under: "Trauma and Stressor Related Disorders"),
        heading("Substance-Related Disorders", "D019966", under: "Mental Disorders"),
        heading("Alcohol-Related Disorders", "D019973", under: "Substance-Related Disorders"),
        heading("Alcoholism", "D000437", under: "Alcohol-Related Disorders"),
        heading("Cocaine-Related Disorders", "D019970", under: "Substance-Related Disorders"),
        heading("Opioid-Related Disorders", "D009293", under: "Substance-Related Disorders"),
        heading("Suicidal Ideation", "D059020"),
        heading("Pain", "D010146"),
        heading("Back Pain", "D001416", under: "Pain"),
        heading("Low Back Pain", "D017116", under: "Back Pain"),
        heading("Neck Pain", "D019547", under: "Pain"),
        heading("Musculoskeletal Pain", "D059352", under: "Pain"),
        heading("Headache", "D006261", under: "Pain"),
        heading("Fibromyalgia", "D005356"),
        heading("Migraine Disorders", "D008881"),
        heading("Diabetes Mellitus", "D003920"),
        heading("Diabetes Mellitus, Type 1", "D003922", under: "Diabetes Mellitus"),
        heading("Diabetes Mellitus, Type 2", "D003924", under: "Diabetes Mellitus"),
        heading("Hypertension", "D006973"),
        heading("Stroke", "D020521"),
        heading("Dementia", "D003704", under: "Mental Disorders"),
        heading("Alzheimer Disease", "D000544", under: "Dementia"),
        heading("Sleep Initiation and Maintenance Disorders", "D007319", under: "Mental Disorders"),
        heading("Chronic Pain", "D059350", under: "Pain"),
        heading("Pain, Postoperative", "D010149", under: "Pain"),
        heading("Neoplasms", "D009369"),
    ]

    private static let treatments: [Heading] = [
        heading("Administration, Intravenous", "D061605"),
        heading("Infusions, Intravenous", "D007262", under: "Administration, Intravenous"),
        heading("Injections, Intravenous", "D007275", under: "Administration, Intravenous"),
        heading("Administration, Intranasal", "D000281"),
        heading("Nasal Sprays", "D055754"),
        heading("Administration, Oral", "D000284"),
        heading("Administration, Sublingual", "D000287"),
        heading("Injections, Intramuscular", "D007273"),
        heading("Injections, Subcutaneous", "D007279"),
        heading("Infusions, Subcutaneous", "D054505"),
        heading("Electroconvulsive Therapy", "D004565"),
        heading("Transcranial Magnetic Stimulation", "D050781"),
        heading("Anesthesia", "D000758"),
        heading("Anesthesia, General", "D000768", under: "Anesthesia"),
        heading("Anesthesia, Intravenous", "D000771", under: "Anesthesia, General"),
        heading("Perioperative Care", "D019990"),
        heading("Psychotherapy", "D011613"),
        heading("Cognitive Behavioral Therapy", "D015928", under: "Psychotherapy"),
        heading("Exercise", "D015444"),
        heading("Resistance Training", "D055070", under: "Exercise", "Exercise Therapy"),
        heading("Walking", "D016138", under: "Exercise"),
        heading("Physical Therapy Modalities", "D026741"),
        heading("Exercise Therapy", "D005081", under: "Physical Therapy Modalities"),
        heading("Muscle Stretching Exercises", "D052580", under: "Exercise Therapy"),
        heading("Exercise Movement Techniques", nil, under: "Physical Therapy Modalities"),
        heading("Yoga", "D015013", under: "Exercise Movement Techniques"),
        heading("Tai Ji", "D015536", under: "Exercise Movement Techniques"),
        heading("Acupuncture Therapy", "D015670"),
        heading("Randomized Controlled Trials as Topic", "D016032"),
        heading("Single-Blind Method", "D016037"),
        heading("Double-Blind Method", "D004311"),
        heading("Cross-Over Studies", "D018592"),
        heading("Retrospective Studies", "D012189"),
        heading("Treatment Outcome", "D016896"),
    ]

    private static let people: [Heading] = [
        heading("Humans", "D006801"),
        heading("Animals", "D000818"),
        heading("Healthy Volunteers", "D064368"),
        heading("Rodentia", "D012377", under: "Animals"),
        heading("Mice", "D051379", under: "Rodentia"),
        heading("Rats", "D051381", under: "Rodentia"),
        heading("Rats, Wistar", "D017208", under: "Rats"),
        heading("Rats, Sprague-Dawley", "D017207", under: "Rats"),
        heading("Infant", "D007223"),
        heading("Child", "D002648"),
        heading("Child, Preschool", "D002675", under: "Child"),
        heading("Adolescent", "D000293"),
        heading("Adult", "D000328"),
        heading("Young Adult", "D055815", under: "Adult"),
        heading("Middle Aged", "D008875", under: "Adult"),
        heading("Aged", "D000368", under: "Adult"),
        heading("Aged, 80 and over", "D000369", under: "Aged"),
    ]
}
