/** Validates payment proofs as a payee (ACT A402-6). */
@NullMarked
package org.actsandbox.protocol.proof;

import org.jspecify.annotations.NullMarked;
