/**
 * Receives the payment service's signed notifications, which may be repeated and arrive in any
 * order (ACT PSD-8).
 */
@NullMarked
package org.actsandbox.merchants.notification;

import org.jspecify.annotations.NullMarked;
