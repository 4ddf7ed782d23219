/** The world's clock as domain code sees it. */
@NullMarked
package org.actsandbox.protocol.time;

import org.jspecify.annotations.NullMarked;
