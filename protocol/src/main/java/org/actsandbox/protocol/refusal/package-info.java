/** All refusals of the sandbox in one closed list, and their form on the wire. */
@NullMarked
package org.actsandbox.protocol.refusal;

import org.jspecify.annotations.NullMarked;
