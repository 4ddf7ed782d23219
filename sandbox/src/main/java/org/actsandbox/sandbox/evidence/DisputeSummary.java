package org.actsandbox.sandbox.evidence;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.dispute.Asked;
import org.actsandbox.sandbox.dispute.Dispute;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.dispute.Wording;

/** A dispute for people: the claim, what each party said, and the finding in words. */
final class DisputeSummary {

  private final Markup html = new Markup();
  private final Wording words;

  private DisputeSummary(Wording words) {
    this.words = words;
  }

  static String of(Disputes.Whole whole, String lang) {
    var page = new DisputeSummary(Wording.in(Locale.of(lang)));
    page.html.raw("<section lang=\"" + lang + "\">\n");
    page.claim(whole.dispute());
    page.parties(whole);
    page.finding(whole.dispute());
    return page.html.raw("</section>\n").toString();
  }

  private void claim(Dispute dispute) {
    var claim = dispute.claim();
    html.tag("h1", words.say("title", Map.of("id", dispute.disputeId(), "order", claim.orderNo())));
    html.tag("h2", words.say("claim"));
    html.tag("p", words.say("kind." + claim.kind().code()));
    html.tag("blockquote", claim.description());
    var expected = claim.expectedAmount();
    if (expected != null) {
      html.tag("p", words.say("expected", Map.of("amount", expected)));
    }
    html.tag(
        "p",
        words.say(
            "opened",
            Map.of("by", words.say("by." + claim.openedBy()), "at", claim.openedAt().toString())));
  }

  private void parties(Disputes.Whole whole) {
    html.tag("h2", words.say("parties"));
    html.raw("<table><thead><tr>");
    html.tag("th", words.say("party.who"));
    html.tag("th", words.say("party.said"));
    html.tag("th", words.say("party.records"));
    html.raw("</tr></thead><tbody>\n");
    whole.parties().forEach(this::party);
    html.raw("</tbody></table>\n");
    var deadline = whole.dispute().now().deadline();
    if (deadline != null) {
      html.tag("p", words.say("deadline", Map.of("at", deadline.toString())));
    }
  }

  private void party(Asked party) {
    html.raw("<tr>");
    html.tag("td", party.party().value());
    var statement = party.statement();
    html.tag(
        "td",
        statement == null
            ? words.say(party.answer() == Asked.Answer.SILENT ? "party.silent" : "party.waiting")
            : words.statement(statement, statement.details()));
    html.tag("td", statement == null ? "" : String.join(", ", statement.recordIds()));
    html.raw("</tr>\n");
  }

  private void finding(Dispute dispute) {
    html.tag("h2", words.say("finding"));
    var text = dispute.now().finding();
    if (text == null) {
      html.tag(
          "p",
          words.say(
              dispute.state() == DisputeState.WITHDRAWN ? "finding.withdrawn" : "finding.none"));
      return;
    }
    var finding = Objects.requireNonNull(Json.read(text, Finding.class));
    html.tag("p", words.say("outcome." + finding.outcome().code()));
    html.raw("<ul>");
    finding.reasons().forEach(reason -> html.tag("li", words.reason(reason)));
    html.raw("</ul>\n");
    var refund = finding.refund();
    html.tag(
        "p",
        refund == null
            ? words.say("refund.none")
            : words.say("refund", Map.of("amount", refund, "currency", finding.currency())));
  }
}
