package org.actsandbox.web.console.port;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.trust.chain.AnchorTrace;
import org.actsandbox.sandbox.trust.chain.ChainAudit;
import org.actsandbox.sandbox.world.World;

/** Reads the chain on which the records of a world are anchored. */
public interface ChainReader {

  /** Returns the number of anchors. */
  long size(World world);

  /** Returns the newest signed head; empty while nothing is anchored. */
  Optional<TreeHead> head(World world);

  /** Tells whether a key that the trust service had at that time signed the head. */
  boolean isSigned(World world, TreeHead head);

  /** Returns anchors above {@code height}, the lowest first. */
  List<AnchorChain.Link> after(World world, long height, int limit);

  /** Returns the anchor of a record; empty while it is not anchored. */
  Optional<AnchorChain.Link> find(World world, String recordId);

  /** Returns the way from a record to the head; empty while it is not anchored. */
  Optional<AnchorTrace> trace(World world, String recordId);

  /**
   * Compares anchors with the nodes and heads above them.
   *
   * @param leaves the most anchors to read
   */
  ChainAudit.Findings audit(World world, long from, int leaves);
}
