package org.actsandbox.sandbox.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.dispute.AskedParty;
import org.actsandbox.sandbox.dispute.Dispute;
import org.actsandbox.sandbox.dispute.DisputeWording;
import org.actsandbox.sandbox.dispute.Disputes;

/**
 * Puts a dispute into words: the claim, what each party said, and the finding. The template {@code
 * summary.html} lays the texts out.
 */
final class DisputeSummary {

  private final Map<String, Object> values = new HashMap<>();
  private final DisputeWording words;

  private DisputeSummary(DisputeWording words) {
    this.words = words;
  }

  static Map<String, Object> of(Disputes.DisputeWithParties disputeWithParties, String lang) {
    var summary = new DisputeSummary(DisputeWording.forLocale(Locale.of(lang)));
    summary.claim(disputeWithParties.dispute());
    summary.parties(disputeWithParties);
    summary.finding(disputeWithParties.dispute());
    return summary.values;
  }

  private void claim(Dispute dispute) {
    var claim = dispute.claim();
    values.put(
        "title", words.text("title", Map.of("id", dispute.disputeId(), "order", claim.orderNo())));
    values.put("claimHeading", words.text("claim"));
    values.put("kind", words.text("kind." + claim.kind().code()));
    values.put("description", claim.description());
    var lines = new ArrayList<String>();
    var expected = claim.expectedAmount();
    if (expected != null) {
      lines.add(words.text("expected", Map.of("amount", expected)));
    }
    lines.add(
        words.text(
            "opened",
            Map.of("by", words.text("by." + claim.openedBy()), "at", claim.openedAt().toString())));
    values.put("claim", lines);
  }

  private void parties(Disputes.DisputeWithParties disputeWithParties) {
    values.put("partiesHeading", words.text("parties"));
    values.put(
        "columns",
        List.of(words.text("party.who"), words.text("party.said"), words.text("party.records")));
    values.put("rows", disputeWithParties.parties().stream().map(this::party).toList());
    var deadline = disputeWithParties.dispute().progress().deadline();
    values.put(
        "deadline",
        deadline == null
            ? List.of()
            : List.of(words.text("deadline", Map.of("at", deadline.toString()))));
  }

  private List<String> party(AskedParty party) {
    var statement = party.statement();
    return List.of(
        party.party().value(),
        statement == null
            ? words.text(
                party.answer() == AskedParty.Answer.SILENT ? "party.silent" : "party.waiting")
            : words.statement(statement, statement.details()),
        statement == null ? "" : String.join(", ", statement.recordIds()));
  }

  private void finding(Dispute dispute) {
    values.put("findingHeading", words.text("finding"));
    var text = dispute.progress().finding();
    if (text == null) {
      values.put(
          "outcome",
          words.text(
              dispute.state() == DisputeState.WITHDRAWN ? "finding.withdrawn" : "finding.none"));
      values.put("reasons", List.of());
      values.put("refund", List.of());
      return;
    }
    var finding = Objects.requireNonNull(Json.read(text, Finding.class));
    values.put("outcome", words.text("outcome." + finding.outcome().code()));
    values.put("reasons", finding.reasons().stream().map(words::reason).toList());
    var refund = finding.refund();
    values.put(
        "refund",
        List.of(
            refund == null
                ? words.text("refund.none")
                : words.text("refund", Map.of("amount", refund, "currency", finding.currency()))));
  }
}
