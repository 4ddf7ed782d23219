package org.actsandbox.web.console.adapter;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.dispute.DisputeViews.DisputeView;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.DisputeReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from the dispute service of the world. */
@Component
class WorldDisputes implements DisputeReader {

  @Override
  public Page<DisputeView> newest(World world, Caller caller, @Nullable String cursor) {
    return service(world).list(caller, null, null, cursor);
  }

  @Override
  public List<DisputeView> ofOrder(World world, Caller caller, String merchant, String orderNo) {
    return service(world).list(caller, orderNo, merchant, null).items();
  }

  @Override
  public DisputeView get(World world, Caller caller, String disputeId) {
    return service(world).get(disputeId, caller);
  }

  @Override
  public byte[] bundle(World world, Caller caller, String disputeId) {
    return new EvidenceBundles(world).of(service(world).withParties(disputeId, caller));
  }

  private static Disputes service(World world) {
    return world.participant(Disputes.class);
  }
}
