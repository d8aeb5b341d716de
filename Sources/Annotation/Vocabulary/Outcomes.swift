/// Words of outcomes, courses and settings.
extension Concept {
    static let outcomes: [Concept] = [
        Concept(
            .outcome, "response",
            "response rate|response rates|rate of response|rates of response|responders|responder|responded|"
                + "response criteria|response criterion|antidepressant response|clinical response|treatment response|"
                + "response|responder rate|responder rates|responses|criteria for response|antidepressant responses|"
                + "criterion of response|had a response|showed a response|improved by half|improved by at least half|"
                + "attaining a response|attained a response|achieved a response|achieving a response|achieving response|"
                + "achieved response|attained response|attaining response|reached response|experienced a response"),
        Concept(
            .outcome, "remission",
            "remission rate|remission rates|remission|remitted|remitters|remitter|rate of remission|rates of remission|"
                + "remission criteria|remissions|criteria for remission|full remission|complete remission|"
                + "criterion of remission|in remission|remission criterion"),
        Concept(
            .outcome, "relapse", "relapse rate|relapse rates|relapse|relapsed|relapses|rate of relapse|relapsers"),
        Concept(
            .outcome, "dropout",
            "dropped out|drop outs|dropouts|drop out|dropout|dropout rate|dropout rates|discontinued|withdrew|"
                + "discontinuations|discontinuation|discontinuation rate|discontinuation rates|drop out rate|withdrawals|"
                + "attrition|attrition rate|attrition rates|did not complete the study|did not complete the trial|"
                + "did not complete treatment|did not complete the treatment|left the study|left the trial|"
                + "prematurely discontinued|discontinued prematurely|discontinued treatment|treatment discontinuation|"
                + "study discontinuation|study withdrawal|terminated prematurely"
        ),
        Concept(
            .decoy, "",
            "dose response|in response to|stress response|response to|startle response|immune response|"
                + "bold response|neural response|hemodynamic response|response inhibition|response time|response times|"
                + "dose response trial|dose response relationship|signal response|response scale|item response|"
                + "inflammatory response|ruminative response|evoked response|withdrawal syndrome|predict response|"
                + "predictor of response|predictors of response|duration of response|maintenance of response|"
                + "time to response|time to remission|time to relapse|relapse prevention|prevent relapse|in remission from|"
                + "loss of response|no response|lack of response|stress responses|partial response|partial responders|"
                + "partially responded|partially respond|partially responding|"
                + "partial response rate|partial response rates|partial remission"),
    ]

    static let schedules: [Concept] = [
        Concept(
            .schedule, "once weekly",
            "once weekly|once a week|weekly infusion|weekly infusions|once per week|weekly ketamine"),
        Concept(
            .schedule, "twice weekly",
            "twice weekly|twice a week|two times a week|two times per week|twice per week|2 times per week|"
                + "two times weekly|biweekly|bi weekly"),
        Concept(
            .schedule, "thrice weekly",
            "thrice weekly|three times weekly|three times a week|three times per week|thrice a week|3 times per week|"
                + "3 times a week|monday wednesday friday|3 times weekly|thrice per week"),
        Concept(.schedule, "daily", "once daily|daily infusions|daily infusion"),
        Concept(.schedule, "every other day", "every other day|on alternate days|alternate day"),
    ]

    static let adverseEvents: [Concept] = [
        Concept(
            .adverseEvent, "dissociation",
            "dissociation|dissociative symptoms|dissociative effects|dissociative side effects|derealization|"
                + "depersonalization|dissociative symptom|depersonalisation|derealisation"),
        Concept(
            .adverseEvent, "psychotomimetic effects",
            "psychotomimetic effects|psychotomimetic symptoms|psychotomimetic|psychotic symptoms|hallucinations|hallucination"
        ),
        Concept(.adverseEvent, "nausea", "nausea"), Concept(.adverseEvent, "vomiting", "vomiting|emesis"),
        Concept(.adverseEvent, "headache", "headache|headaches"),
        Concept(.adverseEvent, "dizziness", "dizziness|vertigo|lightheadedness"),
        Concept(.adverseEvent, "sedation", "sedation|drowsiness|somnolence|sleepiness"),
        Concept(.adverseEvent, "anxiety", "transient anxiety"),
        Concept(
            .adverseEvent, "increased blood pressure",
            "hypertension|increased blood pressure|blood pressure increase|elevated blood pressure|blood pressure elevation|"
                + "increase in blood pressure|increases in blood pressure|blood pressure elevations|blood pressure increases|"
                + "blood pressure increased|raised blood pressure|increased systolic blood pressure"
        ),
        Concept(.adverseEvent, "tachycardia", "tachycardia|increased heart rate|heart rate increased"),
        Concept(.adverseEvent, "blurred vision", "blurred vision|diplopia|visual disturbances|vision blurred"),
        Concept(.adverseEvent, "dry mouth", "dry mouth"), Concept(.adverseEvent, "restlessness", "restlessness"),
        Concept(.adverseEvent, "confusion", "confusion|feeling strange|feeling abnormal"),
        Concept(.adverseEvent, "dysgeusia", "dysgeusia"), Concept(.adverseEvent, "fatigue", "fatigue"),
        Concept(.adverseEvent, "paraesthesia", "paresthesia|paraesthesia|numbness|hypoesthesia|hypoaesthesia"),
        Concept(.adverseEvent, "suicide attempt", "suicide attempt|suicide attempts|attempted suicide"),
        Concept(.adverseEvent, "hypomania", "hypomania|manic switch|affective switch|treatment emergent mania"),
        Concept(.adverseEvent, "diarrhoea", "diarrhea|diarrhoea"),
        Concept(.adverseEvent, "constipation", "constipation"),
        Concept(.adverseEvent, "palpitations", "palpitations|palpitation"),
        Concept(.adverseEvent, "hypotension", "hypotension"), Concept(.adverseEvent, "bradycardia", "bradycardia"),
        Concept(.adverseEvent, "nystagmus", "nystagmus"), Concept(.adverseEvent, "tremor", "tremor|tremors"),
        Concept(.adverseEvent, "sweating", "hyperhidrosis|excessive sweating|increased sweating"),
        Concept(.adverseEvent, "hypersalivation", "hypersalivation|increased salivation"),
        Concept(.adverseEvent, "euphoria", "euphoric mood|feeling drunk"),
        Concept(.adverseEvent, "nightmares", "nightmares|nightmare|vivid dreams|abnormal dreams"),
        Concept(.adverseEvent, "rash", "skin rash"), Concept(.adverseEvent, "syncope", "syncope|vasovagal syncope"),
        Concept(.adverseEvent, "decreased appetite", "decreased appetite|loss of appetite|reduced appetite"),
        Concept(.adverseEvent, "weight gain", "weight gain|weight increased"),
        Concept(.adverseEvent, "sexual dysfunction", "sexual dysfunction|sexual side effects"),
        Concept(.adverseEvent, "respiratory depression", "respiratory depression|oxygen desaturation"),
        Concept(.adverseEvent, "muscle soreness", "muscle soreness|muscle stiffness"),
        Concept(.adverseEvent, "injection site pain", "injection site pain|injection site reaction"),
    ]

    /// Harms in general, by the names under which reports count them.
    static let harms: [Concept] = [
        Concept(
            .harm, "any adverse event",
            "adverse events|adverse event|adverse effects|adverse effect|adverse reactions|adverse reaction|side effects|"
                + "side effect|treatment emergent adverse events|treatment emergent adverse event|teaes|teae|aes|"
                + "treatment related adverse events|drug related adverse events|adverse drug reactions"),
        Concept(
            .harm, "serious adverse event",
            "serious adverse events|serious adverse event|saes|sae|serious adverse reactions|"
                + "treatment emergent serious adverse events"),
        Concept(.harm, "severe adverse event", "severe adverse events|severe adverse event"),
    ]

    static let settings: [Concept] = [
        Concept(
            .setting, "inpatient",
            "inpatient setting|inpatient unit|inpatient basis|inpatient ward|psychiatric ward|inpatient psychiatric unit|"
                + "psychiatric hospital|hospitalized patients|hospitalised patients|in inpatients|psychiatric inpatients|"
                + "depressed inpatients"),
        Concept(
            .setting, "outpatient",
            "outpatient setting|outpatient basis|outpatient clinic|outpatient clinics|outpatient study|ambulatory setting|"
                + "outpatient treatment|depressed outpatients|outpatient center|outpatient centre|outpatient facility|"
                + "outpatient infusion|trd outpatients"),
        Concept(
            .setting, "community",
            "community based|community clinic|community clinics|community setting|community treatment centre|"
                + "community treatment center|private practice|private practices|community practice"),
        Concept(
            .setting, "emergency",
            "emergency department|emergency departments|emergency room|emergency setting|psychiatric emergency"),
        Concept(
            .setting, "multicentre",
            "multicentre|multicenter|multi centre|multi center|multisite|multi site|multicentric"),
        Concept(
            .setting, "singleCentre",
            "single centre|single center|single site|monocentric|monocentre|monocenter|one centre|one center"),
    ]

    static let countries: [Concept] =
        [
            "Argentina", "Australia", "Austria", "Belgium", "Brazil", "Canada", "Chile", "China", "Colombia", "Denmark",
            "Egypt", "Finland", "France", "Germany", "Greece", "Hungary", "India", "Iran", "Iraq", "Ireland", "Israel",
            "Italy",
            "Japan", "Malaysia", "Mexico", "Netherlands", "New Zealand", "Norway", "Pakistan", "Poland", "Portugal",
            "Saudi Arabia", "Singapore", "South Africa", "South Korea", "Spain", "Sweden", "Switzerland", "Taiwan",
            "Thailand", "Tunisia", "Turkey",
        ].map { Concept(.country, $0, $0.lowercased(), print: .capitalised) } + [
            Concept(
                .country, "United Kingdom", "united kingdom|england|scotland|wales|northern ireland",
                print: .capitalised),
            Concept(.country, "United Kingdom", "uk", print: .upper),
            Concept(.country, "United States", "united states|united states of america", print: .capitalised),
            Concept(.country, "United States", "usa|u.s.", print: .upper),
        ]
}
