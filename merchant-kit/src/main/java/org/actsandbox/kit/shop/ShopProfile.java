package org.actsandbox.kit.shop;

import java.time.Duration;

/**
 * What a shop says of itself.
 *
 * @param deliveryTime from the confirmation of an order to its parcel at the buyer
 */
record ShopProfile(String name, String description, Duration deliveryTime) {}
