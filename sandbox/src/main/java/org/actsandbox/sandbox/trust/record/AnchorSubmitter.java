package org.actsandbox.sandbox.trust.record;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * Submits anchors to the chain; mutants replace it, {@link AnchorClient} is the standard
 * implementation.
 */
@FunctionalInterface
public interface AnchorSubmitter {

  /** Returns one outcome for each anchor; empty when there was no usable answer. */
  Optional<List<Outcome>> submit(Did submitter, List<String> anchors);

  /**
   * Represents the result for one anchor.
   *
   * @param height null when the chain refuses the anchor
   */
  record Outcome(@Nullable Long height, @Nullable String problem) {}
}
