/** Calls to other participants, bounded in time and size. */
@NullMarked
package org.actsandbox.protocol.http;

import org.jspecify.annotations.NullMarked;
