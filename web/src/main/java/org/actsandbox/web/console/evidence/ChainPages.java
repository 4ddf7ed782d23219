package org.actsandbox.web.console.evidence;

import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.ChainReader;
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

  private final ChainReader chainReader;

  ChainPages(ChainReader chainReader) {
    this.chainReader = chainReader;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest) {
    var world = pageRequest.world();
    long size = chainReader.size(world);
    var head = chainReader.head(world);
    long before = number("before", pageRequest.query("before"), size + 1);
    long from = Math.max(0, before - 1 - PAGE);
    var links =
        chainReader.after(world, from, PAGE).stream()
            .filter(link -> link.height() < before)
            .toList()
            .reversed();
    var audit = pageRequest.query("audit");
    return pageRequest
        .page("console/evidence-chain", EvidencePages.SECTION)
        .with("size", size)
        .with("head", head.orElse(null))
        .with("signed", head.map(newest -> chainReader.isSigned(world, newest)).orElse(false))
        .with("links", links)
        .with("older", older(links, from))
        .with(
            "audit",
            audit == null ? null : chainReader.audit(world, number("audit", audit, 0), AUDITED))
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .show();
  }

  private static @Nullable Long older(List<AnchorChain.Link> links, long from) {
    return links.isEmpty() || from == 0 ? null : from + 1;
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
