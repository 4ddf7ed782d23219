package org.actsandbox.sandbox.tamper;

import static org.actsandbox.sandbox.tamper.TamperOverlay.anchorItem;
import static org.actsandbox.sandbox.tamper.TamperOverlay.headItem;
import static org.actsandbox.sandbox.tamper.TamperOverlay.nodeItem;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.tamper.EvidenceBreak.Change;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.trust.chain.AnchorChain.Link;
import org.actsandbox.sandbox.trust.record.RecordStore;

/**
 * Drafts the changes that an attacker could make to the chain behind the database's back; the
 * database itself refuses them.
 */
final class ChainBreaks {

  private final TrustWorld world;
  private final AnchorChain anchorChain;

  ChainBreaks(TrustWorld world, AnchorChain anchorChain) {
    this.world = world;
    this.anchorChain = anchorChain;
  }

  /** Drafts an anchor with the same content a second later; only the tree reveals it. */
  BreakDraft anchorRewritten(RecordStore.StoredRecord storedRecord) {
    var link = link(storedRecord);
    var anchor = link.anchor();
    if (!LocalSigners.hasKeyOf(world, anchor.submitter())) {
      throw RecordBreaks.missing("a submitter with a key in this world");
    }
    long later = anchor.iat() + 1;
    var rewritten =
        AnchorCodec.sign(
            new Anchor(
                anchor.recordId(),
                anchor.version(),
                anchor.eventType(),
                anchor.businessTime(),
                later,
                anchor.intentId(),
                anchor.delegationId(),
                anchor.orderNo(),
                anchor.tradeNo(),
                anchor.submitter(),
                anchor.payloadHash(),
                anchor.hashAlgorithm(),
                anchor.privacyChannel(),
                anchor.ext()),
            world.signers().apply(anchor.submitter(), Instant.ofEpochSecond(later)));
    return BreakDraft.of(
        new Change("anchor", "iat", String.valueOf(anchor.iat()), String.valueOf(later)),
        rewriteAnchor(world, storedRecord.recordId(), rewritten),
        new EvidenceBreak.AlteredItem(anchorItem(storedRecord.recordId()), rewritten));
  }

  BreakDraft anchorRemoved(RecordStore.StoredRecord storedRecord) {
    var link = link(storedRecord);
    return BreakDraft.of(
        new Change("anchor", "height " + link.height(), "there", "gone"),
        new BreakDraft.Attempt(
            "trust_anchor",
            "delete from trust_anchor where world = ? and record_id = ?",
            List.of(world.partition(), storedRecord.recordId())),
        new EvidenceBreak.AlteredItem(anchorItem(storedRecord.recordId()), null));
  }

  BreakDraft nodeChanged(RecordStore.StoredRecord storedRecord) {
    var link = link(storedRecord);
    var pathNodes = anchorChain.auditPathNodes(link.height(), head().treeSize());
    if (pathNodes.isEmpty()) {
      throw RecordBreaks.missing("a chain of more than one anchor: nothing stands beside this one");
    }
    var node = pathNodes.entrySet().iterator().next();
    var other = node.getValue().clone();
    other[0] ^= 1;
    var nodePosition = node.getKey();
    var after = Base64Url.encode(other);
    return BreakDraft.of(
        new Change(
            "node",
            "level %d, height %d"
                .formatted(
                    nodePosition.level(), (nodePosition.index() << nodePosition.level()) + 1),
            Base64Url.encode(node.getValue()),
            after),
        new BreakDraft.Attempt(
            "trust_node",
            "update trust_node set hash = ? where world = ? and place = ?",
            List.of(after, world.partition(), nodePosition.number())),
        new EvidenceBreak.AlteredItem(nodeItem(nodePosition), after));
  }

  BreakDraft headChanged() {
    var head = head();
    var root = head.root();
    root[0] ^= 1;
    var other =
        new TreeHead(
            head.logId(),
            head.treeSize(),
            Base64Url.encode(root),
            head.timestamp(),
            head.signerId(),
            head.signatureType(),
            head.signatureContent());
    return BreakDraft.of(
        new Change("head", "height " + head.treeSize(), head.rootHash(), other.rootHash()),
        new BreakDraft.Attempt(
            "trust_head",
            "update trust_head set head = ? where world = ? and tree_size = ?",
            List.of(Json.write(other), world.partition(), head.treeSize())),
        new EvidenceBreak.AlteredItem(headItem(head.treeSize()), Json.write(other)));
  }

  private Link link(RecordStore.StoredRecord storedRecord) {
    return anchorChain
        .find(storedRecord.recordId())
        .orElseThrow(() -> RecordBreaks.missing("a record that is anchored"));
  }

  private TreeHead head() {
    return anchorChain
        .head()
        .orElseThrow(() -> RecordBreaks.missing("a chain with an anchor on it"));
  }

  static BreakDraft.Attempt rewriteAnchor(TrustWorld world, String recordId, String anchor) {
    return new BreakDraft.Attempt(
        "trust_anchor",
        "update trust_anchor set anchor = ? where world = ? and record_id = ?",
        List.of(anchor, world.partition(), recordId));
  }
}
