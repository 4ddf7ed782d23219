/** The demo: conversation, offers and protocol side by side, live. */
@NullMarked
package org.actsandbox.web.console.glassbox;

import org.jspecify.annotations.NullMarked;
