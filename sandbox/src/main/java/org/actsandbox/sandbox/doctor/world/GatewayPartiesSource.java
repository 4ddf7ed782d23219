package org.actsandbox.sandbox.doctor.world;

import org.actsandbox.sandbox.doctor.alipay.AlipayParties;
import org.actsandbox.sandbox.world.World;

/** Tells the doctor which applications a world's gateway knows. */
@FunctionalInterface
public interface GatewayPartiesSource {

  AlipayParties of(World world);
}
