/** Shows the glass box: conversation, offers and protocol messages side by side and live. */
@NullMarked
package org.actsandbox.web.console.glassbox;

import org.jspecify.annotations.NullMarked;
