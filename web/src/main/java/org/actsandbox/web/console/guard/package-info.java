/** Who may use the console: security headers, sessions, forged forms, the login page. */
@NullMarked
package org.actsandbox.web.console.guard;

import org.jspecify.annotations.NullMarked;
