/** Tests every operation of the sandbox with hostile input. */
@NullMarked
package org.actsandbox.sandbox.hostile;

import org.jspecify.annotations.NullMarked;
