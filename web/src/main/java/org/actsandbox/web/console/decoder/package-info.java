/** Any message opened: decoded, raw, as signed, as a command to repeat it. */
@NullMarked
package org.actsandbox.web.console.decoder;

import org.jspecify.annotations.NullMarked;
