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
import org.springframework.web.util.HtmlUtils;

/** A dispute for people: the claim, what each party said, and the finding in words. */
final class DisputeSummary {

  private final StringBuilder html = new StringBuilder(4_000);
  private final Wording words;

  private DisputeSummary(Wording words) {
    this.words = words;
  }

  static String of(Disputes.Whole whole, Locale locale, String lang) {
    var page = new DisputeSummary(Wording.in(locale));
    page.html.append("<section lang=\"").append(lang).append("\">\n");
    page.claim(whole.dispute());
    page.parties(whole);
    page.finding(whole.dispute());
    return page.html.append("</section>\n").toString();
  }

  private void claim(Dispute dispute) {
    var claim = dispute.claim();
    tag("h1", words.say("title", Map.of("id", dispute.disputeId(), "order", claim.orderNo())));
    tag("h2", words.say("claim"));
    tag("p", words.say("kind." + claim.kind().code()));
    tag("blockquote", claim.description());
    var expected = claim.expectedAmount();
    if (expected != null) {
      tag("p", words.say("expected", Map.of("amount", expected)));
    }
    tag(
        "p",
        words.say(
            "opened",
            Map.of("by", words.say("by." + claim.openedBy()), "at", claim.openedAt().toString())));
  }

  private void parties(Disputes.Whole whole) {
    tag("h2", words.say("parties"));
    html.append("<table><thead><tr>");
    tag("th", words.say("party.who"));
    tag("th", words.say("party.said"));
    tag("th", words.say("party.records"));
    html.append("</tr></thead><tbody>\n");
    whole.parties().forEach(this::party);
    html.append("</tbody></table>\n");
    var deadline = whole.dispute().now().deadline();
    if (deadline != null) {
      tag("p", words.say("deadline", Map.of("at", deadline.toString())));
    }
  }

  private void party(Asked party) {
    html.append("<tr>");
    tag("td", party.party().value());
    var statement = party.statement();
    tag(
        "td",
        statement == null
            ? words.say(party.answer() == Asked.Answer.SILENT ? "party.silent" : "party.waiting")
            : statement.says());
    tag("td", statement == null ? "" : String.join(", ", statement.recordIds()));
    html.append("</tr>\n");
  }

  private void finding(Dispute dispute) {
    tag("h2", words.say("finding"));
    var text = dispute.now().finding();
    if (text == null) {
      tag(
          "p",
          words.say(
              dispute.state() == DisputeState.WITHDRAWN ? "finding.withdrawn" : "finding.none"));
      return;
    }
    var finding = Objects.requireNonNull(Json.read(text, Finding.class));
    tag("p", words.say("outcome." + finding.outcome().code()));
    html.append("<ul>");
    finding.reasons().forEach(reason -> tag("li", words.reason(reason)));
    html.append("</ul>\n");
    var refund = finding.refund();
    tag(
        "p",
        refund == null
            ? words.say("refund.none")
            : words.say("refund", Map.of("amount", refund, "currency", finding.currency())));
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
}
