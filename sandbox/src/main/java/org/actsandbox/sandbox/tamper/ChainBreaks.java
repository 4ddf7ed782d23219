package org.actsandbox.sandbox.tamper;

import static org.actsandbox.sandbox.tamper.Overlay.anchorItem;
import static org.actsandbox.sandbox.tamper.Overlay.headItem;
import static org.actsandbox.sandbox.tamper.Overlay.nodeItem;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.tamper.Break.Altered;
import org.actsandbox.sandbox.tamper.Break.Change;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.Chain;
import org.actsandbox.sandbox.trust.chain.Chain.Link;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;

/** What can be done to the chain behind the database's back; the database itself refuses it. */
final class ChainBreaks {

  private final TrustWorld world;
  private final Chain chain;

  ChainBreaks(TrustWorld world, Chain chain) {
    this.world = world;
    this.chain = chain;
  }

  /** The content is the same but for its second: only the tree tells. */
  Draft anchorRewritten(Kept kept) {
    var link = link(kept);
    var anchor = link.anchor();
    if (!Signers.keeps(world, anchor.submitter())) {
      throw RecordBreaks.lacking("a submitter with a key in this world");
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
    return Draft.of(
        new Change("anchor", "iat", String.valueOf(anchor.iat()), String.valueOf(later)),
        rewriting(world, kept.recordId(), rewritten),
        new Altered(anchorItem(kept.recordId()), rewritten));
  }

  Draft anchorRemoved(Kept kept) {
    var link = link(kept);
    return Draft.of(
        new Change("anchor", "height " + link.height(), "there", "gone"),
        new Draft.Attempt(
            "trust_anchor",
            "delete from trust_anchor where world = ? and record_id = ?",
            List.of(world.partition(), kept.recordId())),
        new Altered(anchorItem(kept.recordId()), null));
  }

  Draft nodeChanged(Kept kept) {
    var link = link(kept);
    var beside = chain.beside(link.height(), head().treeSize());
    if (beside.isEmpty()) {
      throw RecordBreaks.lacking("a chain of more than one anchor: nothing stands beside this one");
    }
    var node = beside.entrySet().iterator().next();
    var other = node.getValue().clone();
    other[0] ^= 1;
    var place = node.getKey();
    var after = Base64Url.encode(other);
    return Draft.of(
        new Change(
            "node",
            "level %d, height %d".formatted(place.level(), (place.index() << place.level()) + 1),
            Base64Url.encode(node.getValue()),
            after),
        new Draft.Attempt(
            "trust_node",
            "update trust_node set hash = ? where world = ? and place = ?",
            List.of(after, world.partition(), place.number())),
        new Altered(nodeItem(place), after));
  }

  Draft headChanged() {
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
    return Draft.of(
        new Change("head", "height " + head.treeSize(), head.rootHash(), other.rootHash()),
        new Draft.Attempt(
            "trust_head",
            "update trust_head set head = ? where world = ? and tree_size = ?",
            List.of(Json.write(other), world.partition(), head.treeSize())),
        new Altered(headItem(head.treeSize()), Json.write(other)));
  }

  private Link link(Kept kept) {
    return chain
        .find(kept.recordId())
        .orElseThrow(() -> RecordBreaks.lacking("a record that is anchored"));
  }

  private TreeHead head() {
    return chain.head().orElseThrow(() -> RecordBreaks.lacking("a chain with an anchor on it"));
  }

  static Draft.Attempt rewriting(TrustWorld world, String recordId, String anchor) {
    return new Draft.Attempt(
        "trust_anchor",
        "update trust_anchor set anchor = ? where world = ? and record_id = ?",
        List.of(anchor, world.partition(), recordId));
  }
}
