package org.actsandbox.sandbox.evidence;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.dispute.AskedParty;
import org.actsandbox.sandbox.dispute.Dispute;
import org.actsandbox.sandbox.dispute.DisputeWording;
import org.actsandbox.sandbox.dispute.Disputes;

/** A dispute for people: the claim, what each party said, and the finding in words. */
final class DisputeSummary {

  private final HtmlBuilder html = new HtmlBuilder();
  private final DisputeWording words;

  private DisputeSummary(DisputeWording words) {
    this.words = words;
  }

  static String of(Disputes.DisputeWithParties disputeWithParties, String lang) {
    var page = new DisputeSummary(DisputeWording.forLocale(Locale.of(lang)));
    page.html.raw("<section lang=\"" + lang + "\">\n");
    page.claim(disputeWithParties.dispute());
    page.parties(disputeWithParties);
    page.finding(disputeWithParties.dispute());
    return page.html.raw("</section>\n").toString();
  }

  private void claim(Dispute dispute) {
    var claim = dispute.claim();
    html.tag("h1", words.text("title", Map.of("id", dispute.disputeId(), "order", claim.orderNo())));
    html.tag("h2", words.text("claim"));
    html.tag("p", words.text("kind." + claim.kind().code()));
    html.tag("blockquote", claim.description());
    var expected = claim.expectedAmount();
    if (expected != null) {
      html.tag("p", words.text("expected", Map.of("amount", expected)));
    }
    html.tag(
        "p",
        words.text(
            "opened",
            Map.of("by", words.text("by." + claim.openedBy()), "at", claim.openedAt().toString())));
  }

  private void parties(Disputes.DisputeWithParties disputeWithParties) {
    html.tag("h2", words.text("parties"));
    html.raw("<table><thead><tr>");
    html.tag("th", words.text("party.who"));
    html.tag("th", words.text("party.said"));
    html.tag("th", words.text("party.records"));
    html.raw("</tr></thead><tbody>\n");
    disputeWithParties.parties().forEach(this::party);
    html.raw("</tbody></table>\n");
    var deadline = disputeWithParties.dispute().now().deadline();
    if (deadline != null) {
      html.tag("p", words.text("deadline", Map.of("at", deadline.toString())));
    }
  }

  private void party(AskedParty party) {
    html.raw("<tr>");
    html.tag("td", party.party().value());
    var partyStatement = party.statement();
    html.tag(
        "td",
        partyStatement == null
            ? words.text(party.answer() == AskedParty.Answer.SILENT ? "party.silent" : "party.waiting")
            : words.statement(partyStatement, partyStatement.details()));
    html.tag("td", partyStatement == null ? "" : String.join(", ", partyStatement.recordIds()));
    html.raw("</tr>\n");
  }

  private void finding(Dispute dispute) {
    html.tag("h2", words.text("finding"));
    var text = dispute.now().finding();
    if (text == null) {
      html.tag(
          "p",
          words.text(
              dispute.state() == DisputeState.WITHDRAWN ? "finding.withdrawn" : "finding.none"));
      return;
    }
    var finding = Objects.requireNonNull(Json.read(text, Finding.class));
    html.tag("p", words.text("outcome." + finding.outcome().code()));
    html.raw("<ul>");
    finding.reasons().forEach(reason -> html.tag("li", words.reason(reason)));
    html.raw("</ul>\n");
    var refund = finding.refund();
    html.tag(
        "p",
        refund == null
            ? words.text("refund.none")
            : words.text("refund", Map.of("amount", refund, "currency", finding.currency())));
  }
}
