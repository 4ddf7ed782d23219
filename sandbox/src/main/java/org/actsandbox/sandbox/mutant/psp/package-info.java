/** Contains payment services that do one thing wrong. */
@NullMarked
package org.actsandbox.sandbox.mutant.psp;

import org.jspecify.annotations.NullMarked;
