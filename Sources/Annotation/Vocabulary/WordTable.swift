/// What single words mean to the finders.
struct WordClass: OptionSet, Sendable {
    let rawValue: UInt64
    init(rawValue: UInt64) { self.rawValue = rawValue }

    private static func bit(_ number: UInt64) -> WordClass { WordClass(rawValue: 1 << number) }

    static let minute = bit(0), hour = bit(1), day = bit(2), week = bit(3), month = bit(4), year = bit(5)
    static let milligram = bit(6), microgram = bit(7), gram = bit(8), nanogram = bit(9), kilogram = bit(10)
    static let millilitre = bit(11), litre = bit(12), millimole = bit(13), per = bit(14)
    static let over = bit(15), infusion = bit(16), bolus = bit(17), people = bit(18), negation = bit(19)
    static let modal = bit(20), prior = bit(21), own = bit(22), study = bit(23), failure = bit(24)
    static let treatment = bit(25), least = bit(26), randomised = bit(27), age = bit(28), women = bit(29)
    static let mean = bit(30), deviation = bit(31), range = bit(32), exclusion = bit(33), arm = bit(34)
    static let and = bit(35), or = bit(36), to = bit(37), total = bit(38), daily = bit(39), enrolled = bit(40)
    static let completed = bit(41), analysed = bit(42), treated = bit(43), roman = bit(44), notRoute = bit(45)
    static let given = bit(46), response = bit(47), remission = bit(48), relapse = bit(49), further = bit(50)
    static let maximum = bit(51), between = bit(52), after = bit(53), versus = bit(54), of = bit(55)
    static let consisting = bit(56), reported = bit(57), baseline = bit(58), before = bit(59), adequate = bit(60)
    static let men = bit(61), whole = bit(62), be = bit(63)
}

enum WordTable {
    static let classes: [(WordClass, String)] = [
        (.minute, "min mins minute minutes minuten"), (.hour, "h hr hrs hour hours"), (.day, "day days d"),
        (.week, "week weeks wk wks"), (.month, "month months"), (.year, "year years yr yrs y yo"),
        (.milligram, "mg mgs milligram milligrams milligramme milligrammes"),
        (.microgram, "ug mcg microgram micrograms microgramme microgrammes"), (.gram, "g gram grams gm"),
        (.nanogram, "ng nanogram nanograms"), (.kilogram, "kg kgs kilogram kilograms kilo kilogramme"),
        (.millilitre, "ml milliliter millilitre milliliters millilitres cc"), (.litre, "l liter litre dl"),
        (.millimole, "mmol meq mm"), (.per, "per"), (.over, "over during lasting across through"),
        (.infusion, "infusion infusions infused infusing drip infuse"), (.bolus, "bolus boluses"),
        (
            .people,
            "patient patients subject subjects participant participants individual individuals volunteer volunteers "
                + "inpatient inpatients outpatient outpatients veteran veterans adult adults person persons people "
                + "adolescent adolescents child children cases controls females males women men enrollees completers "
                + "respondents youths youth mothers parturients elders"
        ),
        (.women, "women woman female females"), (.men, "men man male males"),
        (.negation, "no not without never neither nor excluding except lacking absence none cannot"),
        (.modal, "may might could would"),
        (.prior, "previous previously prior earlier preceding"),
        (.own, "we our this here present current us"),
        (
            .study,
            "study studies trial trials investigation investigations report reports research work works data evidence "
                + "finding findings experiments literature"
        ),
        (
            .failure,
            "failed failing fail failure failures failures nonresponse nonresponsive nonresponders unresponsive "
                + "resistant resistance refractory refractoriness inadequate insufficient intolerant"
        ),
        (
            .treatment,
            "antidepressant antidepressants treatment treatments medication medications trial trials therapy therapies "
                + "drug drugs agent agents course courses pharmacotherapy pharmacotherapies ssri ssris regimens "
                + "pharmacological steps strategies"
        ),
        (.least, "least minimum more greater"), (.maximum, "maximum most maximal"),
        (.randomised, "randomised randomized randomly allocated assigned randomise randomize"),
        (.age, "age aged ages"), (.mean, "mean means average averaged"),
        (.deviation, "sd sds sem se"), (.range, "range ranges ranging ranged"),
        (.exclusion, "excluded exclude exclusion excluding excludes ineligible"),
        (.arm, "arm arms group groups cohort condition"),
        (.and, "and & plus"), (.or, "or"), (.to, "to until"), (.total, "total cumulative altogether overall"),
        (.daily, "daily"), (.enrolled, "enrolled enroled recruited included entered enrolling studied participated"),
        (.completed, "completed completers finished completing"), (.analysed, "analysed analyzed evaluable evaluated"),
        (.treated, "received treated underwent receiving given"),
        (.roman, "i ii iii v vi vii viii iv"),
        (
            .notRoute,
            "dsm phase stage part factor type axis class grade level study experiment tr icd cohort chapter table "
                + "figure edition collagen schedule category text version scale aim step steps stages phases types"
        ),
        (
            .given,
            "administered administration given received receive receiving dose doses dosage injection injections "
                + "injected route routes administering inject administer push delivered bolus"
        ),
        (.response, "response responded responders responder responses respond responding"),
        (.remission, "remission remitted remitters remitter remit remissions remitting"),
        (.relapse, "relapse relapsed relapses relapsing relapsers"), (.further, "further future needed warranted"),
        (.between, "between from"), (.after, "after following post postinfusion posttreatment later within at"),
        (.versus, "vs versus v"), (.of, "of"), (.consisting, "consisting comprising comprised including"),
        (.reported, "reported shown demonstrated suggested proposed known established used"),
        (.baseline, "baseline"), (.before, "before prior preceding preinfusion"),
        (.adequate, "adequate sufficient different standard conventional previous prior separate"),
        (.whole, "sample participants subjects patients population"), (.be, "be been is are was were"),
    ]

    static let numbers: [(String, Int32)] = [
        ("zero", 0), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7),
        ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14),
        ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20),
        ("thirty", 30), ("forty", 40), ("fourty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80),
        ("ninety", 90), ("hundred", 100),
    ]
}
