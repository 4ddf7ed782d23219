package org.actsandbox.web.console.port;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.delegation.DelegationViews;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a principal has delegated and is asked to delegate. What is not the principal's is
 * refused with {@code not_found}.
 */
public interface DelegationReader {

  /**
   * Returns the newest delegations.
   *
   * @param state the only state to list; null for all states
   */
  Page<DelegationViews.DelegationView> delegations(
      World world,
      Caller principal,
      @Nullable DelegationDisplayState state,
      @Nullable String cursor);

  DelegationViews.DelegationView delegation(World world, Caller principal, String delegationId);

  /** Returns the signed credential of a delegation (IAC). */
  DelegationViews.Credential credential(World world, Caller principal, String delegationId);

  DelegationViews.IntentView intent(World world, Caller principal, String intentId);

  /** Returns the complete intents that the principal may decide about, the first to lapse first. */
  List<DelegationViews.IntentView> waiting(World world, Caller principal);
}
