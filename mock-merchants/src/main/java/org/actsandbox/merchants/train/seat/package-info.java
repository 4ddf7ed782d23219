/**
 * Keeps the seats of train runs: those that count as sold from the start, and those that this world
 * holds.
 */
@NullMarked
package org.actsandbox.merchants.train.seat;

import org.jspecify.annotations.NullMarked;
