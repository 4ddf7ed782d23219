/** Defines faults: misbehaviour of a participant on purpose, decided by the world's seed. */
@NullMarked
package org.actsandbox.sandbox.fault;

import org.jspecify.annotations.NullMarked;
