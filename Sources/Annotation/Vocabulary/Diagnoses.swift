/// Conditions. Resistance beside one is added by the finder; phrases that say both carry it in their name.
extension Concept {
    static let diagnoses: [Concept] = [
        Concept(.diagnosis, "treatmentResistantDepression", "trd|tr mdd|trmdd", print: .upper),
        Concept(
            .diagnosis, "bipolarDepression",
            "bipolar depression|bipolar i depression|bipolar ii depression|bipolar i or ii depression|bipolar depressive|"
                + "bipolar i and bipolar ii depression|bipolar depressed|bd depression|depressed bipolar|"
                + "bipolar i and ii depression|bipolar i/ii depression|bipolar major depression"),
        Concept(.diagnosis, "treatmentResistantBipolarDepression", "trbd|trbpd|tr bd", print: .upper),
        Concept(
            .diagnosis, "bipolarDisorder",
            "bipolar disorder|bipolar disorders|bipolar i disorder|bipolar ii disorder|bipolar i|bipolar ii|bipolar|"
                + "manic depression|bipolar i or ii disorder|bipolar affective disorder|bipolar illness|bipolar patients"
        ),
        Concept(
            .diagnosis, "majorDepression",
            "major depressive disorder|major depressive disorders|major depression|major depressive episode|"
                + "major depressive episodes|unipolar depression|unipolar depressive|unipolar major depression|"
                + "unipolar|unipolar depressed|major depressive|depressive disorder, major|major depressions|"
                + "major unipolar depression|clinical depression|recurrent depressive disorder"),
        Concept(.diagnosis, "majorDepression", "mdd|mde", print: .upper),
        Concept(
            .diagnosis, "depression",
            "depression|depressive disorder|depressive disorders|depressive episode|depressive episodes|depressed|"
                + "depressive illness|depressions|depressive patients|depressive"),
        Concept(
            .diagnosis, "postpartumDepression",
            "postpartum depression|post partum depression|postnatal depression|ppd|"
                + "postpartum depressive|perinatal depression"),
        Concept(
            .diagnosis, "psychoticDepression",
            "psychotic depression|depression with psychotic features|"
                + "major depression with psychotic features|psychotic major depression"),
        Concept(.diagnosis, "dysthymia", "dysthymia|dysthymic disorder|persistent depressive disorder"),
        Concept(
            .diagnosis, "anxietyDisorder",
            "anxiety disorder|anxiety disorders|generalized anxiety disorder|"
                + "generalised anxiety disorder|social anxiety disorder|social anxiety|panic disorder"),
        Concept(
            .diagnosis, "ptsd",
            "post traumatic stress disorder|posttraumatic stress disorder|posttraumatic stress|"
                + "post traumatic stress|ptsd"),
        Concept(.diagnosis, "ocd", "obsessive compulsive disorder|obsessive compulsive|ocd"),
        Concept(
            .diagnosis, "eatingDisorder", "eating disorder|eating disorders|anorexia nervosa|bulimia nervosa|bulimia"),
        Concept(
            .diagnosis, "schizophrenia",
            "schizophrenia|schizophrenic|schizoaffective disorder|schizoaffective|psychosis|"
                + "psychotic disorder|psychotic disorders|schizophrenics|first episode psychosis"),
        Concept(
            .diagnosis, "suicidalIdeation",
            "suicidal ideation|suicidality|suicidal thoughts|suicidal thinking|suicidal|"
                + "suicide ideation|suicide|suicidal behavior|suicidal behaviour"),
        Concept(
            .diagnosis, "substanceUse",
            "alcohol dependence|alcohol use disorder|alcoholism|cocaine dependence|"
                + "cocaine use disorder|cocaine use disorders|heroin dependence|heroin addiction|opioid dependence|"
                + "opioid use disorder|substance use disorder|substance use disorders|substance abuse|drug dependence|"
                + "alcohol withdrawal|addiction|cannabis use disorder|cocaine addiction|alcohol use disorders"),
        Concept(
            .diagnosis, "pain",
            "pain|chronic pain|neuropathic pain|postoperative pain|cancer pain|analgesia|"
                + "complex regional pain syndrome|crps|fibromyalgia|neuralgia|low back pain|postsurgical pain|"
                + "acute pain|phantom limb pain|visceral pain|opioid tolerance|hyperalgesia"),
        Concept(.diagnosis, "migraine", "migraine|migraines|headache disorder|cluster headache"),
        Concept(.diagnosis, "epilepsy", "status epilepticus|epilepsy|epileptic|epilepticus|seizure disorder"),
        Concept(
            .diagnosis, "cancer",
            "cancer|cancers|tumor|tumour|carcinoma|oncology|palliative care|terminally ill|malignancy"),
        Concept(.diagnosis, "dementia", "dementia|alzheimer disease|alzheimer's disease|alzheimers disease|alzheimer"),
        Concept(.diagnosis, "autism", "autism|autism spectrum disorder"),
        Concept(.diagnosis, "adhd", "attention deficit hyperactivity disorder|adhd"),
        Concept(
            .diagnosis, "borderlinePersonality",
            "borderline personality disorder|personality disorder|personality disorders"),
        Concept(
            .diagnosis, "delirium",
            "delirium|postoperative delirium|emergence delirium|emergence agitation|"
                + "postoperative cognitive dysfunction"),
        Concept(.diagnosis, "asthma", "asthma|status asthmaticus|bronchospasm"),
        Concept(.diagnosis, "brainInjury", "traumatic brain injury|brain injury|stroke|spinal cord injury"),
        Concept(.diagnosis, "parkinson", "parkinson disease|parkinson's disease|parkinsons disease|parkinson"),
        Concept(.diagnosis, "tinnitus", "tinnitus"), Concept(.diagnosis, "rett", "rett syndrome"),
        Concept(.diagnosis, "catatonia", "catatonia|catatonic"), Concept(.diagnosis, "mania", "mania|manic episode"),
        // "Depression" that is no diagnosis.
        Concept(
            .decoy, "",
            "respiratory depression|cardiac depression|myocardial depression|spreading depression|"
                + "cortical depression|long term depression|cns depression|synaptic depression|ventilatory depression|"
                + "cardiovascular depression|st depression|circulatory depression|cortical spreading depression|"
                + "respiratory depressive|inbreeding depression|anti suicidal|anti suicide|pain killer"),
        Concept(
            .resistance, "",
            "treatment resistant|treatment refractory|therapy resistant|therapy refractory|drug resistant|"
                + "medication resistant|pharmacoresistant|pharmaco resistant|antidepressant resistant|ultraresistant|"
                + "ultra resistant|difficult to treat|treatment resistance|refractory|treatment refractoriness|"
                + "drug refractory|medication refractory|pharmacotherapy resistant|ect resistant|resistant|"
                + "treatmentresistant|treatment resistent|pharmacologically resistant|pharmacotherapy refractory|"
                + "treatment non responsive|treatment nonresponsive|hard to treat|therapy resistance|resistant to treatment|"
                + "resistant to antidepressants|refractory to treatment|antidepressant refractory|ssri resistant|"
                + "multi drug resistant|highly resistant|ultra refractory|resistance to treatment|treatment unresponsive"
        ),
        Concept(
            .failedTreatment, "",
            "failed to respond|did not respond|not responded|inadequate response|insufficient response|non responders|"
                + "nonresponders|failure to respond|lack of response|no response|have failed|had failed|who failed|"
                + "inadequate responses|non response|nonresponse|non responsive|failing to respond|not responding|"
                + "unresponsive to|stage ii|treatment failure|treatment failures|failed trials|failed antidepressant"),
    ]
}
