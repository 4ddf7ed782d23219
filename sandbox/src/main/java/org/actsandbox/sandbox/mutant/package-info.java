/**
 * Defective stand-ins for honest participants, started in their place where a world asks for it.
 */
@NullMarked
package org.actsandbox.sandbox.mutant;

import org.jspecify.annotations.NullMarked;
