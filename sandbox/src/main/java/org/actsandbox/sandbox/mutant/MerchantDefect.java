package org.actsandbox.sandbox.mutant;

import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.protocol.time.DueWork;

/** Represents a defect of every merchant in the world. */
public non-sealed interface MerchantDefect extends Defect {

  default MerchantWorld changeWorld(MerchantWorld honest) {
    return honest;
  }

  default Vertical vertical(Vertical honest, MerchantProfile merchant, VerticalWorld world) {
    return honest;
  }

  /** Says whether this work is still done when it falls due. */
  default boolean performs(DueWork work) {
    return true;
  }
}
