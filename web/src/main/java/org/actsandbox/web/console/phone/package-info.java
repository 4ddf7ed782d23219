/**
 * Opens the cashier of one payment on a phone: by a code on the screen, behind a link that gives no
 * other right.
 */
@NullMarked
package org.actsandbox.web.console.phone;

import org.jspecify.annotations.NullMarked;
