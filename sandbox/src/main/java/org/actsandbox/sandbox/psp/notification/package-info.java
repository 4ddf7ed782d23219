/** This package sends signed notifications to merchants until they are acknowledged. */
@NullMarked
package org.actsandbox.sandbox.psp.notification;

import org.jspecify.annotations.NullMarked;
