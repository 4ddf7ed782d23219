package org.actsandbox.sandbox.mutant.merchant;

import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** Represents a defect of a merchant's goods, stock or prices. */
@FunctionalInterface
interface VerticalDefect extends MerchantDefect {

  @Override
  Vertical vertical(Vertical honest, MerchantProfile merchant, VerticalWorld world);
}
