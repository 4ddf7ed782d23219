/**
 * Implements the rail merchants: a timetable that all share, seats per stretch, and the offers of
 * two platforms.
 */
@NullMarked
package org.actsandbox.merchants.train;

import org.jspecify.annotations.NullMarked;
