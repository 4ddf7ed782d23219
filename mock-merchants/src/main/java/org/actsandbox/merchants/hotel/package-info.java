/** Hotels: cities, houses, rooms and rates, their stock by night, and the rules of a stay. */
@NullMarked
package org.actsandbox.merchants.hotel;

import org.jspecify.annotations.NullMarked;
