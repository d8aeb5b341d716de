/// Routes of administration. What needs capitals and a neighbour is decided by the finder.
extension Concept {
    static let routes: [Concept] = [
        Concept(
            .route, "intravenous",
            "intravenous|intravenously|i.v.|i.v|intra venous|intra venously|endovenous|iv|ivs|infusion|infusions|infused|"
                + "infusing|drip|endovenously"),
        Concept(.route, "bolus", "bolus|boluses"),
        Concept(
            .route, "intranasal",
            "intranasal|intranasally|nasal spray|nasal sprays|nasally|i.n.|intra nasal|nasal administration|"
                + "nasal inhalation|nasal insufflation|transnasal"),
        Concept(.route, "intranasal", "in", print: .upper),
        Concept(
            .route, "oral",
            "oral|orally|per os|p.o.|by mouth|peroral|perorally|per oral|tablet|tablets|capsule|capsules|extended release"
        ),
        Concept(.route, "oral", "po", print: .upper),
        Concept(
            .route, "sublingual",
            "sublingual|sublingually|buccal|s.l.|troche|troches|lozenge|lozenges|"
                + "oral transmucosal|oromucosal"),
        Concept(.route, "intramuscular", "intramuscular|intramuscularly|i.m.|intra muscular|intra muscularly|i.m"),
        Concept(.route, "intramuscular", "im", print: .upper),
        Concept(.route, "subcutaneous", "subcutaneous|subcutaneously|s.c.|sub cutaneous|subcut|s.c"),
        Concept(.route, "subcutaneous", "sc|sq", print: .upper),
        Concept(.route, "rectal", "rectal|rectally|per rectum|suppository|suppositories"),
        Concept(.route, "transdermal", "transdermal|transdermally|topical|topically|patch|patches"),
        Concept(.route, "inhaled", "inhaled|inhalation|inhalational|nebulized|nebulised"),
        Concept(.route, "epidural", "epidural|epidurally|peridural|caudal|caudally"),
        Concept(.route, "intrathecal", "intrathecal|intrathecally"),
        Concept(.route, "intraperitoneal", "intraperitoneal|intraperitoneally|i.p.|i.p"),
        Concept(.route, "intraperitoneal", "ip", print: .upper),
        Concept(.route, "parenteral", "parenteral|parenterally"),
        // Words of routes that name something else.
        Concept(
            .decoy, "",
            "intravenous cannulation|intravenous access|intravenous line|iv access|iv line|intravenous catheter|"
                + "intravenous cannula|intravenous fluids|intravenous fluid|intravenous immunoglobulin|iv cannulation|"
                + "intravenous drug use|intravenous drug users|intravenous anesthesia|intravenous anaesthesia|"
                + "oral contraceptive|oral contraceptives|oral cavity|oral mucositis|oral presentation|oral surgery|oral health|"
                + "oral hygiene|oral communication|oral cancer|oral intake|oral consent|oral report|oral reports|"
                + "spinal cord|spinal fusion|spinal surgery|spine surgery|spinal stenosis|cerebro spinal|"
                + "subcutaneous fat|topical issue|inhalation anesthesia|inhalation anaesthesia|inhalational anesthetic|"
                + "inhalational anesthetics|infusion reaction|infusion reactions|insulin infusion|blood transfusion|"
                + "patch clamp|skin patch|in vivo|in vitro|spinal anesthesia|spinal anaesthesia|epidural anesthesia|"
                + "epidural anaesthesia|epidural analgesia|infusion pump"),
    ]
}
