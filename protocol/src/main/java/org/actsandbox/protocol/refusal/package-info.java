/** Every way the sandbox says no, in one closed list. */
@NullMarked
package org.actsandbox.protocol.refusal;

import org.jspecify.annotations.NullMarked;
