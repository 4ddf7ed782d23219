/** The web console: server-rendered pages over the sandbox in the same process. */
@NullMarked
package org.actsandbox.web.console;

import org.jspecify.annotations.NullMarked;
