/** Takes the principal's protocol steps over the sandbox's own HTTP APIs. */
@NullMarked
package org.actsandbox.web.console.principal;

import org.jspecify.annotations.NullMarked;
