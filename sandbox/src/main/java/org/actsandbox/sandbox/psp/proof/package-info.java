/** Payment proofs and what merchants may ask about them. */
@NullMarked
package org.actsandbox.sandbox.psp.proof;

import org.jspecify.annotations.NullMarked;
