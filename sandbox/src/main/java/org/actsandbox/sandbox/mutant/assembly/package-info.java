/** Puts the participants of a world together with the defects that a mutant has. */
@NullMarked
package org.actsandbox.sandbox.mutant.assembly;

import org.jspecify.annotations.NullMarked;
