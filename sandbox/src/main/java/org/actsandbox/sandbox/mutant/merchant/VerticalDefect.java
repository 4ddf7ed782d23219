package org.actsandbox.sandbox.mutant.merchant;

import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** A defect of goods, stock or prices. */
@FunctionalInterface
interface VerticalDefect extends MerchantDefect {

  @Override
  Vertical vertical(Vertical honest, MerchantProfile merchant, VerticalWorld world);
}
