/** The A402 gate before every paid resource: bills out, proofs in, one delivery (ACT A402). */
@NullMarked
package org.actsandbox.merchants.gate;

import org.jspecify.annotations.NullMarked;
