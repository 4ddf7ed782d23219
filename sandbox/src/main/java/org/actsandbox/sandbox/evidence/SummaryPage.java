package org.actsandbox.sandbox.evidence;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.dispute.Disputes;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The bundle for people: one page in both languages, without a script. */
final class SummaryPage {

  private static final String BUNDLE = "org.actsandbox.sandbox.evidence.summary";

  private final StringBuilder html = new StringBuilder(8_000);

  private SummaryPage() {}

  /**
   * @param heights on the chain, one for each record; 0 for none
   * @param dispute what it is about, if the order is disputed
   */
  static String of(
      String orderNo,
      List<OffChainRecord> records,
      List<Long> heights,
      TreeHead head,
      Disputes.@Nullable Whole dispute) {
    var page = new SummaryPage();
    page.html.append(
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
    for (var locale : List.of(Locale.ROOT, Locale.CHINESE)) {
      var lang = locale.equals(Locale.CHINESE) ? "zh" : "en";
      if (dispute != null) {
        page.html.append(DisputeSummary.of(dispute, locale, lang));
      }
      page.part(locale, lang, orderNo, records, heights, head);
    }
    return page.html.append("</body></html>\n").toString();
  }

  private void part(
      Locale locale,
      String lang,
      String orderNo,
      List<OffChainRecord> records,
      List<Long> heights,
      TreeHead head) {
    var words = words(locale);
    html.append("<section lang=\"").append(lang).append("\">\n");
    tag("h1", words.getString("title").formatted(orderNo));
    tag("p", words.getString("sandbox"));
    tag("p", words.getString("chain").formatted(records.size(), head.treeSize(), head.rootHash()));
    html.append("<table><thead><tr>");
    for (var column : List.of("event", "when", "who", "what", "height")) {
      tag("th", words.getString("column." + column));
    }
    html.append("</tr></thead><tbody>\n");
    for (int i = 0; i < records.size(); i++) {
      row(words, records.get(i), heights.get(i));
    }
    html.append("</tbody></table>\n");
    tag("p", words.getString("check"));
    html.append("</section>\n");
  }

  private void row(ResourceBundle words, OffChainRecord record, long height) {
    html.append("<tr>");
    tag("td", words.getString(record.eventType().shortName()));
    tag("td", record.businessTime().toString());
    tag(
        "td",
        record.participants().stream()
            .map(each -> each.participantId().value())
            .collect(Collectors.joining(", ")));
    html.append("<td><code>")
        .append(HtmlUtils.htmlEscape(Json.write(record.eventBody())))
        .append("</code></td>");
    tag("td", height == 0 ? words.getString("unanchored") : String.valueOf(height));
    html.append("</tr>\n");
  }

  private void tag(String name, String text) {
    html.append('<')
        .append(name)
        .append('>')
        .append(HtmlUtils.htmlEscape(text))
        .append("</")
        .append(name)
        .append('>');
  }

  private static ResourceBundle words(Locale locale) {
    return ResourceBundle.getBundle(
        BUNDLE,
        locale,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
