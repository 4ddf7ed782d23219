package org.actsandbox.web.console.frame;

import org.actsandbox.sandbox.world.World;

/** Knows what waits for the principal of a world. */
@FunctionalInterface
public interface WaitingPayments {

  Frame.Waiting in(World world);
}
