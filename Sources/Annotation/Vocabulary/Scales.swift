/// Rating scales by canonical name. A version printed beside a Hamilton scale is added by the finder.
extension Concept {
    static let scales: [Concept] = [
        Concept(
            .scale, "MADRS",
            "madrs|montgomery asberg depression rating scale|montgomery asberg depression scale|"
                + "montgomery asberg depression rating scales|montgomery and asberg depression rating scale|montgomery asberg|"
                + "montgomery aasberg depression rating scale|montgomery asberg rating scale|montgomery asberg depression"
        ),
        Concept(
            .scale, "HDRS",
            "hdrs|ham d|hamd|hrsd|hamilton depression rating scale|hamilton rating scale for depression|"
                + "hamilton depression scale|hamilton scale for depression|hamilton rating scale|hamilton depression|"
                + "hamilton depression rating scales|hamilton rating scale of depression|hamilton scale|hsrd|ham depression"
        ),
        Concept(
            .scale, "HDRS-17",
            "hdrs17|hamd17|hdrs 17|hamd 17|ham d 17|hrsd 17|hrsd17|ham d17|ham d(17)|17 item hdrs|"
                + "17 item ham d|17 item hamd|17 item hamilton depression rating scale|17 item hrsd|hdrs(17)|"
                + "17 item hamilton rating scale for depression|hamilton depression rating scale 17|17 hdrs|"
                + "hamilton depression scale 17|17 item hamilton scale for depression|17 item hamilton depression scale"
        ),
        Concept(
            .scale, "HDRS-21",
            "hdrs21|hamd21|hdrs 21|hamd 21|ham d 21|hrsd 21|hrsd21|ham d21|21 item hdrs|21 item ham d|"
                + "21 item hamilton depression rating scale|21 item hamilton rating scale for depression|21 item hamd"),
        Concept(
            .scale, "HDRS-24",
            "hdrs24|hamd24|hdrs 24|hamd 24|ham d 24|hrsd 24|hrsd24|ham d24|24 item hdrs|24 item ham d|"
                + "24 item hamilton depression rating scale|24 item hamilton rating scale for depression|24 item hrsd"),
        Concept(
            .scale, "HDRS-25",
            "hdrs25|hdrs 25|25 item hdrs|25 item hamilton depression rating scale|ham d 25|"
                + "25 item hamilton rating scale for depression"),
        Concept(
            .scale, "HDRS-28",
            "hdrs28|hamd28|hdrs 28|hamd 28|ham d 28|28 item hdrs|28 item hamilton depression rating scale"),
        Concept(
            .scale, "HDRS-6",
            "hdrs6|hamd6|hdrs 6|hamd 6|ham d 6|6 item hdrs|6 item ham d|ham d6|"
                + "6 item hamilton depression rating scale"),
        Concept(.scale, "BDI", "bdi|beck depression inventory|beck's depression inventory"),
        Concept(
            .scale, "BDI-II",
            "bdi ii|bdi 2|beck depression inventory ii|beck depression inventory 2|bdi2|"
                + "beck depression inventory second edition|beck depression inventory version ii"),
        Concept(
            .scale, "QIDS-SR16",
            "qids sr16|qids sr 16|qids sr|quick inventory of depressive symptomatology self report|"
                + "quick inventory of depressive symptomatology self report 16|16 item qids sr|qids sr(16)|"
                + "16 item quick inventory of depressive symptomatology self report|"
                + "quick inventory for depressive symptomatology self report|"
                + "quick inventory for depressive symptomatology self report 16|"
                + "quick inventory for depressive symptomatology self report 16 item|"
                + "quick inventory of depressive symptoms self report|quick inventory of depression self report|"
                + "quick inventory for depression symptomatology self report|"
                + "quick inventory for depression symptomatology self report 16 item|"
                + "quick inventory of depressive symptomatology self rated|"
                + "quick inventory of depressive symptomatology self report version|"
                + "quick inventory of depressive symptomatology self report scale|"
                + "quick inventory of depressive symptomatology (self report)|qids sr 16 item|"
                + "quick inventory of depressive symptomatology self report 16 item|qidssr16"),
        Concept(
            .scale, "QIDS",
            "qids|quick inventory of depressive symptomatology|qids c|qids c16|"
                + "quick inventory of depressive symptoms|quick inventory for depressive symptomatology|"
                + "quick inventory of depression symptomatology|quick inventory for depression symptomatology"),
        Concept(
            .scale, "IDS",
            "ids c|ids sr|ids c30|ids sr30|ids c 30|inventory of depressive symptomatology|ids30|"
                + "inventory for depressive symptomatology"),
        Concept(
            .scale, "PHQ-9",
            "phq 9|phq9|patient health questionnaire|patient health questionnaire 9|"
                + "9 item patient health questionnaire"),
        Concept(
            .scale, "CGI-S",
            "cgi s|clinical global impression severity|clinical global impressions severity|"
                + "clinical global impression severity scale|clinical global impression scale severity"),
        Concept(
            .scale, "CGI-I",
            "cgi i|clinical global impression improvement|clinical global impressions improvement|"
                + "clinical global impression improvement scale|clinical global impression of improvement"),
        Concept(
            .scale, "CGI", "cgi|clinical global impression|clinical global impressions|clinical global impression scale"
        ),
        Concept(
            .scale, "CADSS",
            "cadss|clinician administered dissociative states scale|clinician administered dissociative scale|"
                + "clinician administered dissociative symptom scale|clinician administered dissociative states|"
                + "clinician administered dissociative symptoms scale|clinician administered dissociative state scale|"
                + "clinician administered dissociate state scale|clinician administrated dissociative states scale|"
                + "clinician administered dissociation scale|clinician administered dissociation states scale|"
                + "clinician administered dissociation symptoms scale"),
        Concept(.scale, "BPRS", "bprs|brief psychiatric rating scale"),
        Concept(.scale, "YMRS", "ymrs|young mania rating scale|young mania scale|young manic rating scale"),
        Concept(.scale, "C-SSRS", "c ssrs|cssrs|columbia suicide severity rating scale|columbia suicide severity"),
        Concept(
            .scale, "SSI",
            "ssi|scale for suicide ideation|scale for suicidal ideation|beck scale for suicide ideation|beck suicide scale|"
                + "beck scale for suicidal ideation|bss|bssi|beck scale of suicidal ideation|"
                + "beck's suicidal ideation scale|beck suicidal ideation scale|beck suicide ideation scale|"
                + "modified scale for suicidal ideation"),
        Concept(
            .scale, "HAM-A",
            "ham a|hama|hars|hamilton anxiety rating scale|hamilton anxiety scale|hamilton rating scale for anxiety"),
        Concept(.scale, "SHAPS", "shaps|snaith hamilton pleasure scale|snaith hamilton pleasure rating scale"),
        Concept(
            .scale, "PANSS",
            "panss|positive and negative syndrome scale|positive and negative symptom scale|"
                + "positive and negative symptoms scale"),
        Concept(
            .scale, "VAS", "vas|visual analog scale|visual analogue scale|visual analog scales|visual analogue scales"),
        Concept(.scale, "HADS", "hads|hospital anxiety and depression scale"),
        Concept(
            .scale, "EPDS",
            "epds|"
                + "edinburgh postnatal depression scale"),
        Concept(.scale, "CAPS", "caps|clinician administered ptsd scale"),
        Concept(
            .scale, "Y-BOCS",
            "y bocs|ybocs|"
                + "yale brown obsessive compulsive scale"),
        Concept(.scale, "IES-R", "ies r|impact of event scale revised|impact of event scale"),
        Concept(.scale, "PCL-5", "pcl 5|ptsd checklist for dsm 5"),
        Concept(
            .scale, "MMSE",
            "mmse|mini mental state examination|mini mental status examination|mini mental status exam|mini mental state exam"
        ),
        Concept(.scale, "POMS", "poms|profile of mood states"),
        Concept(.scale, "GAF", "gaf|global assessment of functioning"),
        Concept(.scale, "GDS", "gds|geriatric depression scale"),
        Concept(.scale, "STAI", "stai|state trait anxiety inventory"),
        Concept(.scale, "BAI", "bai|beck anxiety inventory"), Concept(.scale, "BHS", "beck hopelessness scale"),
        Concept(.scale, "SDS", "sds|sheehan disability scale"),
        Concept(.scale, "TEPS", "teps|temporal experience of pleasure scale"),
        Concept(
            .scale, "CDRS-R",
            "cdrs r|cdrs|children's depression rating scale revised|children's depression rating scale"),
        Concept(
            .scale, "GAD-7",
            "gad 7|gad7|generalized anxiety disorder 7|generalised anxiety disorder 7|"
                + "generalized anxiety disorder 7 item|generalized anxiety disorder 7 scale|"
                + "generalized anxiety disorder 7 item scale|generalized anxiety disorder scale|"
                + "7 item generalized anxiety disorder scale|generalized anxiety disorder questionnaire"),
        Concept(.scale, "PHQ-8", "phq 8|phq8|patient health questionnaire 8|8 item patient health questionnaire"),
        Concept(
            .scale, "SANS",
            "sans|scale for the assessment of negative symptoms|scale for assessment of negative symptoms"),
        Concept(.scale, "SAPS", "scale for the assessment of positive symptoms"),
        Concept(
            .scale, "PANSI",
            "pansi|positive and negative suicide ideation inventory|positive and negative suicide ideation"),
        Concept(.scale, "MSSI", "mssi|modified scale for suicidal ideation|modified scale for suicide ideation"),
        Concept(.scale, "SIDAS", "sidas|suicidal ideation attributes scale"),
        Concept(
            .scale, "SBQ-R",
            "sbq r|suicide behaviors questionnaire revised|suicidal behaviors questionnaire revised"),
        Concept(.scale, "RRS", "ruminative response scale|ruminative responses scale|rumination response scale"),
        Concept(
            .scale, "BFI",
            "nih bfi|brief fatigue inventory|national institutes of health brief fatigue inventory"),
        Concept(.scale, "FACIT-F", "facit f|functional assessment of chronic illness therapy fatigue"),
        Concept(.scale, "MFI", "multidimensional fatigue inventory"),
        Concept(.scale, "FSS", "fatigue severity scale"),
        Concept(.scale, "SMCQ", "smcq|squire memory complaint questionnaire|squire memory complaints questionnaire"),
        Concept(.scale, "GSE-My", "gse my|global self evaluation of memory"),
        Concept(.scale, "MBI", "maslach burnout inventory"),
        Concept(
            .scale, "MEQ-30",
            "meq 30|meq30|mystical experience questionnaire|30 item mystical experience questionnaire|"
                + "mystical experiences questionnaire"),
        Concept(
            .scale, "5D-ASC",
            "5d asc|5d ascs|5 dimensional altered states of consciousness|"
                + "five dimensional altered states of consciousness|altered states of consciousness questionnaire|"
                + "altered states of consciousness rating scale|"
                + "5 dimensional altered states of consciousness rating scale|11d asc|"
                + "altered state of consciousness rating scale"),
        Concept(.scale, "HRS", "hallucinogen rating scale"),
        Concept(.scale, "EDI", "ego dissolution inventory"),
        Concept(.scale, "CEQ", "challenging experience questionnaire"),
        Concept(.scale, "LSAS", "lsas|liebowitz social anxiety scale"),
        Concept(.scale, "DASS-21", "dass 21|depression anxiety stress scales|depression anxiety and stress scale"),
        Concept(.scale, "K10", "kessler psychological distress scale"),
        Concept(
            .scale, "CES-D",
            "ces d|center for epidemiologic studies depression scale|"
                + "center for epidemiological studies depression scale"),
        Concept(.scale, "SDQ", "symptoms of depression questionnaire"),
        Concept(.scale, "MASQ", "mood and anxiety symptom questionnaire"),
        Concept(.scale, "DARS", "dimensional anhedonia rating scale"),
        Concept(.scale, "CPFQ", "mgh cpfq|cognitive and physical functioning questionnaire"),
        Concept(.scale, "PSQI", "psqi|pittsburgh sleep quality index"),
        Concept(.scale, "ISI", "insomnia severity index"),
        Concept(.scale, "ESS", "epworth sleepiness scale"),
        Concept(.scale, "PDQ-D", "pdq d|pdq d5|perceived deficits questionnaire"),
        Concept(.scale, "MoCA", "moca|montreal cognitive assessment"),
        Concept(.scale, "WSAS", "wsas|work and social adjustment scale"),
        Concept(.scale, "WHODAS", "whodas|whodas 2|world health organization disability assessment schedule"),
        Concept(.scale, "SF-36", "sf 36|36 item short form|short form 36"),
        Concept(.scale, "SF-12", "sf 12"),
        Concept(.scale, "EQ-5D", "eq 5d|eq5d|eq 5d 5l|eq 5d 3l|euroqol"),
        Concept(
            .scale, "Q-LES-Q",
            "q les q|q les q sf|quality of life enjoyment and satisfaction questionnaire|"
                + "quality of life enjoyment and satisfaction scale"),
        Concept(
            .scale, "NRS",
            "numeric rating scale|numerical rating scale|numeric pain rating scale|numerical pain rating scale"),
        Concept(.scale, "NRS", "nrs", print: .upper),
        Concept(.scale, "RSS", "ramsay sedation scale|ramsay scale|ramsay score|ramsay sedation score"),
        Concept(.scale, "RASS", "richmond agitation sedation scale"),
        Concept(.scale, "AIS", "athens insomnia scale"),
        Concept(.scale, "SAS", "self rating anxiety scale|zung self rating anxiety scale"),
        Concept(
            .scale, "SDS-Zung",
            "self rating depression scale|zung self rating depression scale|"
                + "zung depression scale"),
        Concept(.scale, "SOFAS", "social and occupational functioning assessment scale"),
        Concept(.scale, "HMS", "hood mysticism scale|hood's mysticism scale"),
        Concept(.scale, "NDES", "near death experience scale"),
        Concept(.scale, "PSI", "psychotomimetic states inventory"),
        Concept(.scale, "KSS", "karolinska sleepiness scale"),
        Concept(.scale, "FLACC", "flacc"),
        Concept(
            .scale, "PAED",
            "pediatric anesthesia emergence delirium|pediatric anesthesia emergence delirium scale|"
                + "paediatric anaesthesia emergence delirium|paediatric anaesthesia emergence delirium scale"),
        Concept(.scale, "QoR-15", "qor 15|quality of recovery 15|15 item quality of recovery"),
        Concept(.scale, "QoR-40", "qor 40|quality of recovery 40|40 item quality of recovery"),
        Concept(.scale, "BPI", "brief pain inventory"),
        Concept(
            .scale, "MPQ",
            "mcgill pain questionnaire|short form mcgill pain questionnaire|mcgill's pain questionnaire|"
                + "short form mcgill's pain questionnaire|sf mpq"),
        Concept(.scale, "SAFTEE", "saftee|systematic assessment for treatment emergent events"),
        Concept(.scale, "PRISE", "patient rated inventory of side effects"),
        Concept(.scale, "KSET", "kset|ketamine side effect tool"),
        Concept(.scale, "MOAAS", "moaa/s|modified observer's assessment of alertness/sedation"),
        Concept(.scale, "RSES", "rosenberg self esteem scale"),
        Concept(.scale, "BIS-11", "bis 11|barratt impulsiveness scale"),
        Concept(.scale, "TAS-20", "tas 20|toronto alexithymia scale"),
        Concept(.scale, "CAPS-5", "caps 5|caps5|clinician administered ptsd scale for dsm 5"),
        Concept(.scale, "PCL", "ptsd checklist|pcl c|pcl m"),
        Concept(.scale, "CDSS", "calgary depression scale for schizophrenia"),
        Concept(.scale, "AUDIT", "alcohol use disorders identification test"),
        Concept(.scale, "MDQ", "mood disorder questionnaire"),
        Concept(.scale, "ASRM", "altman self rating mania scale"),
        Concept(.scale, "SWLS", "satisfaction with life scale"),
        Concept(.scale, "PEQ", "persisting effects questionnaire"),
        // Staging and treatment-history forms: they say how resistance was counted, not how ill someone is.
        Concept(.scale, "ATHF", "athf|antidepressant treatment history form|athf sf"),
        Concept(.scale, "MGH-ATRQ", "mgh atrq|atrq|antidepressant treatment response questionnaire"),
        Concept(.scale, "MSM", "maudsley staging method|maudsley staging"),
        Concept(.scale, "Thase-Rush", "thase and rush|thase rush"),
        Concept(
            .decoy, "",
            "depression rating scale|depression scale|depression scales|depression rating scales|"
                + "depression rating|depression ratings|depression score|depression scores|depression inventory|"
                + "anxiety and depression scale|pain score|pain scores|pain scale|depression severity|depression symptoms|"
                + "depressive symptoms|depressive symptomatology|depressive symptom"),
    ]
}
