/**
 * Implements the hotel platforms: cities, hotels, rooms and rates, free rooms by night, and the
 * rules of a stay.
 */
@NullMarked
package org.actsandbox.merchants.hotel;

import org.jspecify.annotations.NullMarked;
