/** The bounds of a delegation, which the agent checks before it asks and the PSP before it pays. */
@NullMarked
package org.actsandbox.protocol.delegation.boundary;

import org.jspecify.annotations.NullMarked;
