/** Protocol steps of the principal, taken over the sandbox's own HTTP surfaces. */
@NullMarked
package org.actsandbox.web.console.principal;

import org.jspecify.annotations.NullMarked;
