/** Rail: a shared timetable, seats per stretch, and what two platforms make of them. */
@NullMarked
package org.actsandbox.merchants.train;

import org.jspecify.annotations.NullMarked;
