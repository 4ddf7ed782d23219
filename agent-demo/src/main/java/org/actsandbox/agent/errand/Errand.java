package org.actsandbox.agent.errand;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Work that the agent does later and by itself, under an authority of its own: a watched purchase
 * (ACT L2) or a task with a budget (L3).
 *
 * @param <E> the kind of errand
 */
public interface Errand<E extends Errand<E>> {

  String errandId();

  String conversationId();

  /** Returns the language in which the errand was given; it is told in that language to its end. */
  String lang();

  /** Returns the intent that asked for the authority; no other errand has the same. */
  String intentId();

  /** Returns the authority; null until the principal has given it. */
  @Nullable DelegatedAuthority givenAuthority();

  Instant createdAt();

  /** Returns the end of the authority's validity. */
  Instant until();

  /** Returns when the next step is due; null when nothing is due by the clock. */
  @Nullable Instant dueAt();

  /** Returns the code of the reason why it does not proceed as planned, or why it ended. */
  @Nullable String code();

  @JsonIgnore
  boolean isOver();

  /** Returns the version of the stored row that this was read from. */
  long version();

  E withDueAt(@Nullable Instant next);

  /**
   * Returns the authority.
   *
   * @throws IllegalStateException as long as there is none
   */
  default DelegatedAuthority requiredAuthority() {
    var given = givenAuthority();
    if (given == null) {
      throw new IllegalStateException(errandId() + " has no authority");
    }
    return given;
  }
}
