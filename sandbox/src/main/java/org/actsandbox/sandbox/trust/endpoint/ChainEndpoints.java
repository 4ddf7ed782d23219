package org.actsandbox.sandbox.trust.endpoint;

import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.trust.chain.AnchorLog;
import org.actsandbox.sandbox.trust.chain.ChainAudit;
import org.actsandbox.sandbox.trust.endpoint.TrustViews.AnchorView;
import org.actsandbox.sandbox.trust.endpoint.TrustViews.ChainLink;
import org.actsandbox.sandbox.trust.endpoint.TrustViews.Consistency;
import org.actsandbox.sandbox.trust.endpoint.TrustViews.Receipt;
import org.actsandbox.sandbox.trust.endpoint.TrustViews.Submission;
import org.actsandbox.sandbox.trust.endpoint.TrustViews.Submitted;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the chain (TSD-ATT-OCA). Anchors are accepted for their signature from any caller; heads
 * and proofs are public, because they contain only hashes.
 */
@RestController
@RequestMapping("/w/{world}/trust")
class ChainEndpoints {

  private static final int PAGE = 50;

  /** Ours: the number of anchors that one call checks in a fraction of a second. */
  private static final int MAX_AUDITED = 2_000;

  @EndpointSummary("Submit anchors to the chain")
  @WireMessages(takes = Submission.class)
  @PostMapping("/anchors")
  Receipt submit(TrustService trustService, @RequestBody byte[] body) {
    var anchors = JsonMessage.parse(body).bind(Submission.class).anchors();
    var appendResult = trustService.log().append(anchors);
    long last = appendResult.stream().mapToLong(ChainEndpoints::newHeight).max().orElse(0);
    return new Receipt(
        appendResult.stream().map(ChainEndpoints::submitted).toList(),
        trustService.chain().headAfterAppend(last).orElse(null));
  }

  private static long newHeight(AnchorLog.AppendResult appendResult) {
    return appendResult instanceof AnchorLog.AppendResult.Appended(_, long height) ? height : 0;
  }

  private static Submitted submitted(AnchorLog.AppendResult appendResult) {
    return switch (appendResult) {
      case AnchorLog.AppendResult.Appended(var anchor, long height) ->
          new Submitted(anchor.recordId(), "ANCHORED", height, null, null);
      case AnchorLog.AppendResult.AlreadyPresent(var anchor, long height, boolean differs) ->
          new Submitted(anchor.recordId(), "EXISTING", height, differs ? true : null, null);
      case AnchorLog.AppendResult.Refused(var anchor, var why) ->
          new Submitted(anchor == null ? null : anchor.recordId(), "REFUSED", null, null, why);
    };
  }

  @EndpointSummary("List the anchors of the chain")
  @GetMapping("/anchors")
  Page<ChainLink> anchors(
      TrustService trustService, Caller caller, @RequestParam(defaultValue = "0") long cursor) {
    var links = trustService.chain().after(notNegative("cursor", cursor), PAGE + 1);
    boolean more = links.size() > PAGE;
    return new Page<>(
        links.stream().limit(PAGE).map(link -> shown(trustService, link, caller)).toList(),
        more ? String.valueOf(links.get(PAGE - 1).height()) : null);
  }

  /**
   * Returns an anchor with the proof that the chain contains it.
   *
   * @param treeSize the size of the head to prove inclusion under; null for the newest one
   */
  @EndpointSummary("Read an anchor with its proof of inclusion")
  @GetMapping("/anchors/{recordId}")
  AnchorView anchor(
      TrustService trustService,
      Caller caller,
      @PathVariable String recordId,
      @RequestParam(name = "tree_size", required = false) @Nullable Long treeSize) {
    var anchorChain = trustService.chain();
    var link =
        anchorChain
            .find(FieldChecks.text("record_id", recordId, 128))
            .map(found -> shown(trustService, found, caller))
            .filter(found -> found.anchor() != null)
            .orElseThrow(() -> notAnchored(recordId));
    var head =
        (treeSize == null
                ? anchorChain.head()
                : anchorChain.headCovering(notNegative("tree_size", treeSize)))
            .filter(found -> found.treeSize() >= link.height())
            .orElseThrow(() -> notAnchored(recordId));
    return new AnchorView(
        link, anchorChain.anchored(recordId, head).orElseThrow(() -> notAnchored(recordId)));
  }

  @EndpointSummary("Read the newest signed head of the chain")
  @GetMapping("/head")
  TreeHead head(TrustService trustService) {
    return trustService
        .chain()
        .head()
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "nothing has been anchored yet"));
  }

  @EndpointSummary("List the signed heads of the chain")
  @GetMapping("/heads")
  Page<TreeHead> heads(TrustService trustService, @RequestParam(defaultValue = "0") long cursor) {
    var heads = trustService.chain().headsAfter(notNegative("cursor", cursor), PAGE + 1);
    boolean more = heads.size() > PAGE;
    return new Page<>(
        heads.stream().limit(PAGE).toList(),
        more ? String.valueOf(heads.get(PAGE - 1).treeSize()) : null);
  }

  /**
   * Proves that the chain of size {@code second} begins with the whole chain of size {@code first}.
   */
  @EndpointSummary("Prove that one head continues another")
  @GetMapping("/consistency")
  Consistency consistency(
      TrustService trustService, @RequestParam long first, @RequestParam long second) {
    long size = trustService.chain().size();
    if (first < 1 || first > second || second > size) {
      throw FieldChecks.invalid(
          "first", "1 <= first <= second <= " + size, first + " and " + second);
    }
    return new Consistency(first, second, trustService.chain().consistency(first, second));
  }

  /** Looks for changes made behind the database's back (operator only). */
  @EndpointSummary("Audit the chain for tampering")
  @GetMapping("/audit")
  ChainAudit.Findings audit(
      TrustService trustService,
      @AllowedRoles(Role.OPERATOR) Caller caller,
      @RequestParam(defaultValue = "0") long from) {
    return trustService.chain().audit(notNegative("from", from), MAX_AUDITED);
  }

  /**
   * Shows an anchor as far as the caller may read its channel, which is shared or one participant's
   * own; the only principal of a world may read all.
   */
  private static ChainLink shown(TrustService trustService, AnchorChain.Link link, Caller caller) {
    var channel = link.anchor().privacyChannel();
    boolean readable =
        switch (caller.role()) {
          case ASSISTANT, ANONYMOUS -> false;
          case OPERATOR -> true;
          case AGENT, MERCHANT, PRINCIPAL ->
              (caller.is(Role.PRINCIPAL) && !trustService.world().severalPrincipals())
                  || channel.equals(AnchorCodec.SHARED)
                  || caller
                      .did()
                      .filter(
                          did ->
                              did.value().equals(channel) || did.equals(link.anchor().submitter()))
                      .isPresent();
        };
    return new ChainLink(
        link.height(),
        link.leafHash(),
        channel,
        link.anchoredAt(),
        readable ? link.compact() : null,
        readable ? link.anchor() : null);
  }

  private static long notNegative(String field, long value) {
    if (value < 0) {
      throw FieldChecks.invalid(field, "0 or more", String.valueOf(value));
    }
    return value;
  }

  private static Refusal notAnchored(String recordId) {
    return new Refusal(Problem.NOT_FOUND, "the chain has no such anchor for you")
        .at("record_id")
        .observed(recordId);
  }
}
