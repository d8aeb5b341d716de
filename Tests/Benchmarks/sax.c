/* libxml2's push parser with handlers that do nothing: the speed that no reader over libxml2 can pass. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>

static void start(void *u, const xmlChar *n, const xmlChar *p, const xmlChar *uri, int nn, const xmlChar **ns, int na,
                  int nd, const xmlChar **a) {}
static void end(void *u, const xmlChar *n, const xmlChar *p, const xmlChar *uri) {}
static void text(void *u, const xmlChar *b, int n) {}

int main(int count, char **arguments) {
    static char piece[1 << 15];
    xmlSAXHandler sax = {0};
    FILE *file = count > 1 ? fopen(arguments[1], "rb") : NULL;
    if (!file) return 66;
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = start;
    sax.endElementNs = end;
    sax.characters = sax.ignorableWhitespace = sax.cdataBlock = text;
    xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
    xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_COMPACT);
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;) xmlParseChunk(context, piece, (int)n, 0);
    xmlParseChunk(context, NULL, 0, 1);
    return context->wellFormed ? 0 : 1;
}
