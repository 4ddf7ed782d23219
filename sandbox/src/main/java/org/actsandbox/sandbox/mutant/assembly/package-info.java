/** Applies the defects of a world's mutants to its participants. */
@NullMarked
package org.actsandbox.sandbox.mutant.assembly;

import org.jspecify.annotations.NullMarked;
