/** Everything the sandbox serves, met with what nobody should send. */
@NullMarked
package org.actsandbox.sandbox.hostile;

import org.jspecify.annotations.NullMarked;
