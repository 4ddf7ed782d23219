package org.actsandbox.sandbox.evidence;

import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.actsandbox.protocol.document.DocumentTemplate;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.dispute.Disputes;
import org.jspecify.annotations.Nullable;

/** Writes the HTML page of an evidence bundle in both languages, without scripts. */
final class EvidenceSummaryPage {

  private static final String BUNDLE = "org.actsandbox.sandbox.evidence.summary";

  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(EvidenceSummaryPage.class, "summary.html");

  private EvidenceSummaryPage() {}

  /**
   * @param heights the heights on the chain, one for each record; 0 for none
   * @param dispute the dispute about the order; null for none
   */
  static String of(
      String orderNo,
      List<OffChainRecord> records,
      List<Long> heights,
      TreeHead head,
      Disputes.@Nullable DisputeWithParties dispute) {
    var parts =
        Stream.of("en", "zh")
            .map(lang -> part(lang, orderNo, records, heights, head, dispute))
            .toList();
    return TEMPLATE.fill(Map.of("order", orderNo, "parts", parts));
  }

  private static Map<String, Object> part(
      String lang,
      String orderNo,
      List<OffChainRecord> records,
      List<Long> heights,
      TreeHead head,
      Disputes.@Nullable DisputeWithParties dispute) {
    var words = LocalizedMessages.bundle(BUNDLE, lang);
    return Map.of(
        "lang",
        lang,
        "disputes",
        dispute == null ? List.of() : List.of(DisputeSummary.of(dispute, lang)),
        "title",
        words.getString("title").formatted(orderNo),
        "sandbox",
        words.getString("sandbox"),
        "chain",
        words.getString("chain").formatted(records.size(), head.treeSize(), head.rootHash()),
        "columns",
        Stream.of("event", "when", "who", "what", "height")
            .map(column -> words.getString("column." + column))
            .toList(),
        "rows",
        IntStream.range(0, records.size())
            .mapToObj(i -> row(words, records.get(i), heights.get(i)))
            .toList(),
        "check",
        words.getString("check"));
  }

  private static Map<String, Object> row(ResourceBundle words, OffChainRecord record, long height) {
    return Map.of(
        "event",
        words.getString(record.eventType().shortName()),
        "when",
        record.businessTime().toString(),
        "who",
        record.participants().stream()
            .map(each -> each.participantId().value())
            .collect(Collectors.joining(", ")),
        "body",
        Json.write(record.eventBody()),
        "height",
        height == 0 ? words.getString("unanchored") : String.valueOf(height));
  }
}
