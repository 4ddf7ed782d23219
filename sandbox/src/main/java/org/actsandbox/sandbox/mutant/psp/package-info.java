/** Defective payment services. */
@NullMarked
package org.actsandbox.sandbox.mutant.psp;

import org.jspecify.annotations.NullMarked;
