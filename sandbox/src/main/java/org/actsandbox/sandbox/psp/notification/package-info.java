/** Signed notifications to merchants, sent until acknowledged. */
@NullMarked
package org.actsandbox.sandbox.psp.notification;

import org.jspecify.annotations.NullMarked;
