package org.actsandbox.sandbox.evidence;

import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.dispute.Disputes.DisputeWithParties;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The bundle for people: one page in both languages, without a script. */
final class EvidenceSummaryPage {

  private static final String BUNDLE = "org.actsandbox.sandbox.evidence.summary";

  private final HtmlBuilder html = new HtmlBuilder();

  private EvidenceSummaryPage() {}

  /**
   * @param heights on the chain, one for each record; 0 for none
   * @param dispute what it is about, if the order is disputed
   */
  static String of(
      String orderNo,
      List<OffChainRecord> records,
      List<Long> heights,
      TreeHead head,
      DisputeWithParties dispute) {
    var page = new EvidenceSummaryPage();
    page.html.raw(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
        table{border-collapse:collapse;width:100%%}
        th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #8886}
        code{overflow-wrap:anywhere;font-size:.85em}
        </style></head><body>
        """
            .formatted(HtmlUtils.htmlEscape(orderNo)));
    for (var lang : List.of("en", "zh")) {
      if (dispute != null) {
        page.html.raw(DisputeSummary.of(dispute, lang));
      }
      page.part(lang, orderNo, records, heights, head);
    }
    return page.html.raw("</body></html>\n").toString();
  }

  private void part(
      String lang,
      String orderNo,
      List<OffChainRecord> records,
      List<Long> heights,
      TreeHead head) {
    var words = LocalizedMessages.bundle(BUNDLE, lang);
    html.raw("<section lang=\"" + lang + "\">\n");
    html.tag("h1", words.getString("title").formatted(orderNo));
    html.tag("p", words.getString("sandbox"));
    html.tag(
        "p", words.getString("chain").formatted(records.size(), head.treeSize(), head.rootHash()));
    html.raw("<table><thead><tr>");
    for (var column : List.of("event", "when", "who", "what", "height")) {
      html.tag("th", words.getString("column." + column));
    }
    html.raw("</tr></thead><tbody>\n");
    for (int i = 0; i < records.size(); i++) {
      row(words, records.get(i), heights.get(i));
    }
    html.raw("</tbody></table>\n");
    html.tag("p", words.getString("check"));
    html.raw("</section>\n");
  }

  private void row(ResourceBundle words, OffChainRecord record, long height) {
    html.raw("<tr>");
    html.tag("td", words.getString(record.eventType().shortName()));
    html.tag("td", record.businessTime().toString());
    html.tag(
        "td",
        record.participants().stream()
            .map(each -> each.participantId().value())
            .collect(Collectors.joining(", ")));
    html.raw("<td>").tag("code", Json.write(record.eventBody())).raw("</td>");
    html.tag("td", height == 0 ? words.getString("unanchored") : String.valueOf(height));
    html.raw("</tr>\n");
  }
}
