/** Drives the world around the merchant that is checked: its clock, faults, agents and payments. */
@NullMarked
package org.actsandbox.scenarios.check.world;

import org.jspecify.annotations.NullMarked;
