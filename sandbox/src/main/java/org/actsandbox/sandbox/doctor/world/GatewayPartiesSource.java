package org.actsandbox.sandbox.doctor.world;

import java.time.Instant;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties;
import org.actsandbox.sandbox.world.World;

/** Tells the doctor which applications a world's gateway knows. */
@FunctionalInterface
public interface GatewayPartiesSource {

  /** Returns the applications as they were at a time; earlier and later keys are former ones. */
  AlipayParties of(World world, Instant at);
}
