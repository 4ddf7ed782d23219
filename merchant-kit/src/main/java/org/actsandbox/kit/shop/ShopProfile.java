package org.actsandbox.kit.shop;

import java.time.Duration;

/**
 * Describes a shop to its buyers.
 *
 * @param deliveryTime from the confirmation of an order to its parcel at the buyer
 */
record ShopProfile(String name, String description, Duration deliveryTime) {}
