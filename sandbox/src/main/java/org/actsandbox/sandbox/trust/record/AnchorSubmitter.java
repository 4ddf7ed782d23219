package org.actsandbox.sandbox.trust.record;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/** Brings anchors to the chain. */
@FunctionalInterface
public interface AnchorSubmitter {

  /** One outcome for each anchor; empty when there was no answer that says so. */
  Optional<List<Outcome>> submit(Did submitter, List<String> anchors);

  /**
   * @param height null when the chain refuses the anchor
   */
  record Outcome(@Nullable Long height, @Nullable String problem) {}
}
