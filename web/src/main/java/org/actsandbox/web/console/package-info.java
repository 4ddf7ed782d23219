/** Contains the web console: pages that the server renders from the sandbox in the same process. */
@NullMarked
package org.actsandbox.web.console;

import org.jspecify.annotations.NullMarked;
