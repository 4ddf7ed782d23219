/**
 * Decides who may use the console: security headers, sessions and protection against forged forms.
 */
@NullMarked
package org.actsandbox.web.console.guard;

import org.jspecify.annotations.NullMarked;
