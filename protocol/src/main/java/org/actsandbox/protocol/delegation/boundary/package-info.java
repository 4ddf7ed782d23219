/** What a delegation permits, checked by the agent before it asks and by the PSP before it pays. */
@NullMarked
package org.actsandbox.protocol.delegation.boundary;

import org.jspecify.annotations.NullMarked;
