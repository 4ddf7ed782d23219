/** The one table of the wire: every operation of the protocol surfaces. */
@NullMarked
package org.actsandbox.protocol.operation;

import org.jspecify.annotations.NullMarked;
