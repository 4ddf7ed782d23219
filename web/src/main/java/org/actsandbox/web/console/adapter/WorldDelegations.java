package org.actsandbox.web.console.adapter;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.delegation.DelegationViews;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.DelegationReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from the delegation service of the world. */
@Component
class WorldDelegations implements DelegationReader {

  @Override
  public Page<DelegationViews.DelegationView> delegations(
      World world,
      Caller principal,
      @Nullable DelegationDisplayState state,
      @Nullable String cursor) {
    return service(world).delegations(principal, state, cursor);
  }

  @Override
  public DelegationViews.DelegationView delegation(
      World world, Caller principal, String delegationId) {
    return service(world).delegation(delegationId, principal);
  }

  @Override
  public DelegationViews.Credential credential(World world, Caller principal, String delegationId) {
    return service(world).credential(delegationId, principal);
  }

  @Override
  public DelegationViews.IntentView intent(World world, Caller principal, String intentId) {
    return service(world).intent(intentId, principal);
  }

  @Override
  public List<DelegationViews.IntentView> waiting(World world, Caller principal) {
    return service(world).waiting(principal);
  }

  private static Delegations service(World world) {
    return world.participant(Delegations.class);
  }
}
