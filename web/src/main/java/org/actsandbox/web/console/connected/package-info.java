/** The page that connects agents of others which listen at an address. */
@NullMarked
package org.actsandbox.web.console.connected;

import org.jspecify.annotations.NullMarked;
