package org.actsandbox.merchants;

/**
 * Opens a vertical for one merchant in one world. Static data is shared between worlds, so this is
 * cheap.
 */
@FunctionalInterface
public interface VerticalFactory {

  Vertical open(MerchantProfile merchant, VerticalWorld world);
}
