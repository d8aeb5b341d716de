import Annotation
import Extraction
import Testing

/// Means with their deviations in sentences; all of them invented.
@Suite("Scores in sentences")
struct ScoreReadingTests {
    @Test(
        "go to their arm, scale and time; falls are negative changes",
        arguments: [
            (
                "At 12 weeks mean MADRS was 14.1 (SD 8.9) in the ketamine group and 22.8 (SD 9.1) in the placebo group.",
                ["endpoint ketamine MADRS 2016 14.1 points", "endpoint placebo MADRS 2016 22.8 points"]
            ),
            (
                "MADRS scores decreased by 14.2 ± 8.9 points with ketamine and by 6.1 ± 7.0 with placebo at day 7.",
                ["change ketamine MADRS 168 -14.2 points", "change placebo MADRS 168 -6.1 points"]
            ),
            (
                "The MADRS fell from 32.1 (SD 5.0) to 14.2 (SD 8.9) in the ketamine group and from 31.9 (5.1) to 25.0 (8.0) in the placebo group at 24 hours.",
                [
                    "baseline ketamine MADRS 0 32.1 points", "baseline placebo MADRS 0 31.9 points",
                    "endpoint ketamine MADRS 24 14.2 points", "endpoint placebo MADRS 24 25 points",
                ]
            ),
            (
                "In the ketamine group, MADRS scores fell from 32.1 (SD 5.0) to 14.2 (SD 8.9), and in the placebo group from 31.9 (SD 5.1) to 25.0 (SD 8.0).",
                [
                    "baseline ketamine MADRS 0 32.1 points", "baseline placebo MADRS 0 31.9 points",
                    "endpoint ketamine MADRS - 14.2 points", "endpoint placebo MADRS - 25 points",
                ]
            ),
            (
                "At 24 hours, mean (SD) MADRS scores were 14.2 (8.9) with ketamine and 22.8 (9.1) with midazolam.",
                ["endpoint ketamine MADRS 24 14.2 points", "endpoint midazolam MADRS 24 22.8 points"]
            ),
            (
                "MADRS scores at day 7 were 14.2 (SD 8.9) and 22.8 (SD 9.1) in the ketamine and midazolam groups, respectively.",
                ["endpoint ketamine MADRS 168 14.2 points", "endpoint midazolam MADRS 168 22.8 points"]
            ),
            (
                "MADRS scores (mean ± SD) were 33.4 ± 5.2 at baseline, 15.1 ± 9.9 at 24 hours and 20.2 ± 10.0 at 7 days.",
                [
                    "baseline - MADRS 0 33.4 points", "endpoint - MADRS 24 15.1 points",
                    "endpoint - MADRS 168 20.2 points",
                ]
            ),
            (
                "The reduction in MADRS was 14.2 (SD 8.9) for ketamine 0.5 mg/kg and 4.0 (SD 6.0) for midazolam at 24 hours.",
                ["change ketamine MADRS 24 -14.2 points", "change midazolam MADRS 24 -4 points"]
            ),
            (
                "Scores of the HAM-D went down from 24.6+/-5.1 at baseline to 12.0+/-6.3 at one week.",
                ["baseline - HDRS 0 24.6 points", "endpoint - HDRS 168 12 points"]
            ),
            (
                "Mean MADRS scores fell from baseline (mean 31.2, standard deviation 7.6) to day 8 (11.4 +/- 7.4).",
                ["baseline - MADRS 0 31.2 points", "endpoint - MADRS 192 11.4 points"]
            ),
            (
                "The changes in MADRS scores to day 6 were greater in the esketamine group than in the midazolam group "
                    + "(-15.3 [SD = 11.2] vs -8.8 [SD = 9.4]).",
                ["change esketamine MADRS 144 -15.3 points", "change midazolam MADRS 144 -8.8 points"]
            ),
            (
                "The MADRS score was reduced (mean change: 12.5 ± 11.1), as was the HDRS score (mean change: 5.5 ± 5.8).",
                ["change - MADRS - -12.5 points", "change - HDRS - -5.5 points"]
            ),
            (
                "The ketamine group (n = 20) had a MADRS score of 14.1 ± 7.8 at 24 hours, and the saline group (n = 19) 24.4 ± 8.9.",
                ["endpoint ketamine MADRS 24 14.1 points", "endpoint saline MADRS 24 24.4 points"]
            ),
            (
                "The MADRS was 33.0 ± 4.8 before treatment and 12.0 ± 7.7 two weeks after six infusions.",
                ["baseline - MADRS 0 33 points", "endpoint - MADRS 336 12 points"]
            ),
            (
                "After ketamine a 14.2 ± 8.9 point reduction in MADRS was seen.",
                ["change ketamine MADRS - -14.2 points"]
            ),
            (
                "The GAF improved by 12.4 (SD 9.0) and the MADRS improved by 9.1 (SD 8.0) points.",
                ["change - GAF - 12.4 points", "change - MADRS - -9.1 points"]
            ),
        ])
    func scores(_ text: String, _ expected: [String]) throws {
        #expect(lines(try extract("RESULTS: " + text), "baseline", "endpoint", "change") == expected, "\(text)")
    }

    @Test(
        "are not taken where the words leave open what they are",
        arguments: [
            (
                "standard errors are no deviations",
                "MADRS was 14.0 ± 1.8 in the ketamine group versus 20.5 ± 1.7 in the saline group at 24 h (means ± SEM)."
            ),
            ("nor with their label", "At 24 h MADRS was 14.0 (SE 1.8) with ketamine."),
            ("an age", "Patients (42.1 ± 11.2 years) were given the MADRS at 24 hours."),
            (
                "what was left, or by how much",
                "Ketamine reduced MADRS scores more than midazolam at 24 h (14.2 [SD 8.9] vs 22.8 [9.1])."
            ),
            (
                "a difference between groups",
                "The mean difference in MADRS between ketamine and placebo at 24 hours was 5.2 (SD 3.1)."
            ),
            ("which of two scales", "MADRS and HDRS scores fell by 14.2 ± 8.9 and 10.1 ± 7.0 by day 7."),
            ("no word of a time", "MADRS was 24.1 ± 4.0 in the ketamine group."),
            ("a share", "MADRS fell by 45 ± 20% at 24 hours."),
            ("a coefficient", "MADRS change scores at 24 hours were inversely associated with BMI (-0.28 ± 0.12)."),
            ("half an interval", "The mean reduction in CGI-S was 4.5 ± 0.5 at a 99% confidence interval."),
            (
                "of something else",
                "Plasma levels rose from 17.2 ± 0.8 to 24.8 ± 3.1; and the BPRS at 24 hours was unchanged."
            ),
            ("whose", "Group A scored 14.1 ± 7.8 and group B 24.4 ± 8.9 on the MADRS at 24 hours."),
            ("an interval", "At 24 hours MADRS was 14.2 (8.9 to 19.5) with ketamine."),
        ])
    func open(_ why: String, _ text: String) throws {
        #expect(lines(try extract("RESULTS: " + text), "baseline", "endpoint", "change").isEmpty, "\(why): \(text)")
    }

    @Test("deviations go with their means, in brackets that name them once")
    func deviations() throws {
        let values = try extract(
            "RESULTS: At 24 hours mean (SD) MADRS scores were 14.2 (8.9) with ketamine and 22.8 (9.1) with midazolam.")
        #expect(
            lines(values, "endpointSD") == [
                "endpointSD ketamine MADRS 24 8.9 points", "endpointSD midazolam MADRS 24 9.1 points",
            ])
    }
}
