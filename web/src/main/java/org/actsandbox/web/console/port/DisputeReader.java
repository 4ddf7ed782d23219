package org.actsandbox.web.console.port;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.dispute.DisputeViews.DisputeView;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Reads the disputes in which a participant has a part; any other one is refused with {@code
 * not_found}.
 */
public interface DisputeReader {

  /** Returns the newest disputes. */
  Page<DisputeView> newest(World world, Caller caller, @Nullable String cursor);

  /** Returns all disputes about an order of a merchant, the newest first. */
  List<DisputeView> ofOrder(World world, Caller caller, String merchant, String orderNo);

  DisputeView get(World world, Caller caller, String disputeId);

  /** Returns the evidence bundle of a dispute, a ZIP file. */
  byte[] bundle(World world, Caller caller, String disputeId);
}
