/**
 * Contains what every service that keeps its rows in a world's database needs alike: its view of
 * the world, transactions, and work that falls due.
 */
@NullMarked
package org.actsandbox.participant;

import org.jspecify.annotations.NullMarked;
