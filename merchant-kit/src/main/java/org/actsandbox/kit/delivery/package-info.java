/** Keeps what was delivered, so that it is delivered once (A402-6). */
@NullMarked
package org.actsandbox.kit.delivery;

import org.jspecify.annotations.NullMarked;
