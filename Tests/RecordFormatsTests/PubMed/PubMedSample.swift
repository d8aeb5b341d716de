/// Invented PubMed documents.
enum PubMedSample {
    static let prologue = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" \
        "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">

        """

    static func set(_ records: String) -> String { prologue + "<PubmedArticleSet>\n\(records)\n</PubmedArticleSet>\n" }

    static func article(
        _ pmid: Int, title: String = "A title", article: String = "", citation: String = "", data: String = ""
    ) -> String {
        """
        <PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">\(pmid)</PMID>
        <Article PubModel="Print"><ArticleTitle>\(title)</ArticleTitle>\(article)</Article>\(citation)</MedlineCitation>
        <PubmedData>\(data)</PubmedData></PubmedArticle>
        """
    }

    /// So many small articles, with PMIDs from 90000001 on.
    static func articles(_ count: Int) -> String {
        (1...max(1, count)).map { number in
            article(
                90_000_000 + number, title: "Trial \(number) of <i>ketamine</i> 0.5&#xA0;mg/kg",
                article: "<Abstract><AbstractText Label=\"METHODS\">One \(number) &lt; two.</AbstractText></Abstract>")
        }.joined(separator: "\n")
    }
}
