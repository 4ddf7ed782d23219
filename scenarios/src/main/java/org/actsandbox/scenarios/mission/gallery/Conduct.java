package org.actsandbox.scenarios.mission.gallery;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what an agent of the gallery does wrong in one mission, and notes each flaw that would have
 * changed what it does. A flaw that a careful agent never meets in a mission makes no difference
 * there, so that no bad agent has to play it.
 */
final class Conduct {

  private final @Nullable Flaw flaw;
  private final Set<Flaw> met = EnumSet.noneOf(Flaw.class);

  /**
   * Creates the conduct of one mission.
   *
   * @param flaw null for the careful agent
   */
  Conduct(@Nullable Flaw flaw) {
    this.flaw = flaw;
  }

  /** Tells whether the agent has the flaw, without noting it: the caller does, if it matters. */
  boolean is(Flaw one) {
    return flaw == one;
  }

  /** Notes that the flaw makes a difference here, and tells whether the agent has it. */
  synchronized boolean meets(Flaw one) {
    met.add(one);
    return flaw == one;
  }

  synchronized Set<Flaw> met() {
    return met.isEmpty() ? EnumSet.noneOf(Flaw.class) : EnumSet.copyOf(met);
  }
}
