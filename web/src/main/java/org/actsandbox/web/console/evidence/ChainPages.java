package org.actsandbox.web.console.evidence;

import java.util.List;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows the chain: its height, its signed head, its anchors from the newest on, and an audit. */
@Controller
@RequestMapping("/console/{world}/evidence/chain")
class ChainPages {

  private static final int PAGE = 25;

  /** Ours: the most anchors in one audit, so that a person does not wait too long. */
  private static final int AUDITED = 2_000;

  @GetMapping
  Rendering show(PageRequest pageRequest) {
    var trustService = pageRequest.world().participant(TrustService.class);
    var anchorChain = trustService.chain();
    long size = anchorChain.size();
    long before = number("before", pageRequest.query("before"), size + 1);
    long from = Math.max(0, before - 1 - PAGE);
    var links =
        anchorChain.after(from, PAGE).stream()
            .filter(link -> link.height() < before)
            .toList()
            .reversed();
    var audit = pageRequest.query("audit");
    return pageRequest
        .page("console/evidence-chain", EvidencePages.SECTION)
        .with("size", size)
        .with("head", anchorChain.head().orElse(null))
        .with("signed", anchorChain.head().map(head -> isSigned(trustService, head)).orElse(false))
        .with("links", links)
        .with("older", older(links, from))
        .with("audit", audit == null ? null : anchorChain.audit(number("audit", audit, 0), AUDITED))
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .show();
  }

  private static @Nullable Long older(List<AnchorChain.Link> links, long from) {
    return links.isEmpty() || from == 0 ? null : from + 1;
  }

  private static boolean isSigned(TrustService trustService, TreeHead head) {
    var keeper = trustService.world().did();
    return head.isSignedBy(
        keeper,
        signer ->
            trustService.keys(keeper).stream()
                .filter(period -> period.key().signerId().equals(signer))
                .filter(period -> period.isValidAt(head.timestamp()))
                .map(period -> period.key())
                .findFirst());
  }

  private static long number(String field, @Nullable String text, long absent) {
    if (text == null) {
      return absent;
    }
    if (!text.matches("[0-9]{1,15}")) {
      throw new Refusal(Problem.INVALID_FIELD, field + " is not a number").at(field).observed(text);
    }
    return Long.parseLong(text);
  }
}
