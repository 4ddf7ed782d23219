package org.actsandbox.sandbox.trust.chain;

import java.util.List;
import org.actsandbox.protocol.attestation.Anchor;
import org.jspecify.annotations.Nullable;

/** Takes anchors, once each and for good. */
@FunctionalInterface
public interface AnchorLog {

  /**
   * Appends the anchors in their order, all in one transaction.
   *
   * @param compacts compact JWS
   * @return one outcome for each
   */
  List<AnchorLog.AppendResult> append(List<String> compacts);

  /** What became of a submitted anchor. */
  public sealed interface AppendResult {

    record At(Anchor anchor, long height) implements AnchorLog.AppendResult {}

    /**
     * It was there before.
     *
     * @param differs whether what is there has another payload hash
     */
    record Before(Anchor anchor, long height, boolean differs) implements AnchorLog.AppendResult {}

    record Refused(@Nullable Anchor anchor, String why) implements AnchorLog.AppendResult {}
  }
}
