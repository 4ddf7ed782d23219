/** This package issues payment proofs and answers merchants' questions about them. */
@NullMarked
package org.actsandbox.sandbox.psp.proof;

import org.jspecify.annotations.NullMarked;
