package org.actsandbox.sandbox.trust.chain;

import java.util.List;
import org.actsandbox.protocol.attestation.Anchor;
import org.jspecify.annotations.Nullable;

/**
 * Appends anchors, each once and permanently; mutants replace it, {@link AnchorChain} is the
 * standard implementation.
 */
@FunctionalInterface
public interface AnchorLog {

  /**
   * Appends the anchors in their order, all in one transaction.
   *
   * @param compacts compact JWS
   * @return one result for each, in the same order
   */
  List<AnchorLog.AppendResult> append(List<String> compacts);

  /** Represents the result for one submitted anchor. */
  public sealed interface AppendResult {

    /** The anchor was appended. */
    record Appended(Anchor anchor, long height) implements AnchorLog.AppendResult {}

    /**
     * The chain has an anchor of this record already.
     *
     * @param differs whether the existing anchor has another payload hash
     */
    record AlreadyPresent(Anchor anchor, long height, boolean differs)
        implements AnchorLog.AppendResult {}

    record Refused(@Nullable Anchor anchor, String why) implements AnchorLog.AppendResult {}
  }
}
