/**
 * Holds the railway that all worlds and both platforms share: stations, trains, their classes and
 * seats.
 */
@NullMarked
package org.actsandbox.merchants.train.timetable;

import org.jspecify.annotations.NullMarked;
