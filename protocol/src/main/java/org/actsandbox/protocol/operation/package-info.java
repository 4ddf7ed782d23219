/** The table of all operations of the protocol surfaces. */
@NullMarked
package org.actsandbox.protocol.operation;

import org.jspecify.annotations.NullMarked;
